// An exponential mean over the points of a curve, corrected at its beginning; gaps start it anew.

export function smoothed(values, weight) {
  if (weight === 0) return values;
  let mean = 0;
  let share = 0;
  return values.map((value) => {
    if (value === null) {
      mean = share = 0;
      return null;
    }
    mean = weight * mean + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return mean / share;
  });
}
