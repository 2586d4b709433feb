package dev.swax.runtime.tensor;

/**
 * How far numbers are from what is expected, summed in double. NaN where there is any.
 *
 * @param distance {@code sqrt(sum (expected - found)^2)}
 * @param length {@code sqrt(sum expected^2)}
 */
public record Difference(double distance, double length) {
  public static Difference of(Tensor expected, Tensor found) {
    double distance = 0;
    double length = 0;
    for (long i = 0; i < expected.length(); i++) {
      double apart = (double) expected.get(i) - found.get(i);
      distance += apart * apart;
      length += (double) expected.get(i) * expected.get(i);
    }
    return new Difference(Math.sqrt(distance), Math.sqrt(length));
  }

  /** The distance as a part of a length; 0 where both are nothing. */
  public double relativeTo(double measure) {
    return distance / Math.max(measure, Double.MIN_NORMAL);
  }
}
