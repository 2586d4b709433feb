package dev.swax.runtime.kernel.expert;

import dev.swax.runtime.kernel.matmul.ScalarMatmul;
import dev.swax.runtime.tensor.Tensor;

/** The meaning of the kernels of experts: plain loops with sums in double. */
public final class ScalarExperts implements ExpertKernels {
  private final ScalarMatmul matmul = new ScalarMatmul();

  @Override
  public void choose(
      Tensor scores, Tensor chosen, Tensor places, Tensor owners, int rows, ChoiceShape choice) {
    int experts = choice.experts();
    int active = choice.active();
    for (long t = 0; t < rows; t++) {
      boolean[] open = openGroups(scores, t * experts, choice);
      for (int a = 0; a < active; a++) {
        int best = -1;
        for (int e = 0; e < experts; e++) {
          boolean free = open[e] && !isChosen(chosen, t * active, a, e);
          if (free && (best < 0 || scores.get(t * experts + e) > scores.get(t * experts + best))) {
            best = e;
          }
        }
        chosen.set(t * active + a, best);
      }
    }
    sort(chosen, places, owners, (long) rows * active, experts);
  }

  private static boolean isChosen(Tensor chosen, long from, int count, int expert) {
    for (int a = 0; a < count; a++) {
      if (chosen.get(from + a) == expert) {
        return true;
      }
    }
    return false;
  }

  /** Which experts belong to one of the best groups. */
  private static boolean[] openGroups(Tensor scores, long from, ChoiceShape choice) {
    int size = choice.groupSize();
    var open = new boolean[choice.experts()];
    var taken = new boolean[choice.groups()];
    for (int i = 0; i < choice.activeGroups(); i++) {
      int best = -1;
      for (int g = 0; g < choice.groups(); g++) {
        boolean better =
            best < 0
                || bestTwo(scores, from + (long) g * size, size)
                    > bestTwo(scores, from + (long) best * size, size);
        if (!taken[g] && better) {
          best = g;
        }
      }
      taken[best] = true;
      for (int e = 0; e < size; e++) {
        open[best * size + e] = true;
      }
    }
    return open;
  }

  /** The sum of the two largest scores of a group. */
  private static float bestTwo(Tensor scores, long from, int size) {
    float first = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (int e = 0; e < size; e++) {
      float score = scores.get(from + e);
      if (score > first) {
        second = first;
        first = score;
      } else if (score > second) {
        second = score;
      }
    }
    return size == 1 ? first : first + second;
  }

  private static void sort(Tensor chosen, Tensor places, Tensor owners, long slots, int experts) {
    long row = 0;
    for (int e = 0; e < experts; e++) {
      for (long slot = 0; slot < slots; slot++) {
        if (chosen.get(slot) == e) {
          owners.set(row, e);
          places.set(slot, row);
          row++;
        }
      }
    }
  }

  @Override
  public void pick(Tensor x, Tensor chosen, Tensor y, int rows, int experts, int active) {
    for (long slot = 0; slot < (long) rows * active; slot++) {
      y.set(slot, x.get(slot / active * experts + (long) chosen.get(slot)));
    }
  }

  @Override
  public void pickGradient(Tensor dy, Tensor chosen, Tensor dx, int rows, int experts, int active) {
    for (long i = 0; i < (long) rows * experts; i++) {
      dx.set(i, 0);
    }
    for (long slot = 0; slot < (long) rows * active; slot++) {
      dx.set(slot / active * experts + (long) chosen.get(slot), dy.get(slot));
    }
  }

  @Override
  public void dispatch(Tensor x, Tensor places, Tensor y, int rows, int active, int width) {
    for (long slot = 0; slot < (long) rows * active; slot++) {
      for (long c = 0; c < width; c++) {
        y.set((long) places.get(slot) * width + c, x.get(slot / active * width + c));
      }
    }
  }

  @Override
  public void dispatchWeighted(
      Tensor x, Tensor places, Tensor weights, Tensor y, int rows, int active, int width) {
    for (long slot = 0; slot < (long) rows * active; slot++) {
      for (long c = 0; c < width; c++) {
        float value = weights.get(slot) * x.get(slot / active * width + c);
        y.set((long) places.get(slot) * width + c, value);
      }
    }
  }

  @Override
  public void combine(Tensor y, Tensor places, Tensor x, int rows, int active, int width) {
    for (long t = 0; t < rows; t++) {
      for (long c = 0; c < width; c++) {
        double sum = 0;
        for (long slot = t * active; slot < (t + 1) * active; slot++) {
          sum += y.get((long) places.get(slot) * width + c);
        }
        x.set(t * width + c, (float) sum);
      }
    }
  }

  @Override
  public void combineWeighted(
      Tensor y, Tensor places, Tensor weights, Tensor x, int rows, int active, int width) {
    for (long t = 0; t < rows; t++) {
      for (long c = 0; c < width; c++) {
        double sum = 0;
        for (long slot = t * active; slot < (t + 1) * active; slot++) {
          sum += (double) weights.get(slot) * y.get((long) places.get(slot) * width + c);
        }
        x.set(t * width + c, (float) sum);
      }
    }
  }

  @Override
  public void slotDots(
      Tensor x, Tensor y, Tensor places, Tensor out, int rows, int active, int width) {
    for (long slot = 0; slot < (long) rows * active; slot++) {
      double sum = 0;
      for (long c = 0; c < width; c++) {
        float other = y.get((long) places.get(slot) * width + c);
        sum += (double) x.get(slot / active * width + c) * other;
      }
      out.set(slot, (float) sum);
    }
  }

  /** The rows {@code from .. to} of an expert. */
  @FunctionalInterface
  private interface Run {
    void of(long expert, long from, int count);
  }

  /** Each expert that has rows, in order. */
  private static void runs(Tensor owners, int slots, Run run) {
    for (int from = 0; from < slots; ) {
      int to = from + 1;
      while (to < slots && owners.get(to) == owners.get(from)) {
        to++;
      }
      run.of((long) owners.get(from), from, to - from);
      from = to;
    }
  }

  @Override
  public void matmul(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts) {
    long size = (long) k * n;
    runs(
        owners,
        slots,
        (expert, from, count) ->
            matmul.matmul(
                a.slice(from * k, (long) count * k),
                b.slice(expert * size, size),
                c.slice(from * n, (long) count * n),
                count,
                k,
                n,
                false));
  }

  @Override
  public void matmulTransposedRight(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts) {
    long size = (long) k * n;
    runs(
        owners,
        slots,
        (expert, from, count) ->
            matmul.matmulTransposedRight(
                a.slice(from * k, (long) count * k),
                b.slice(expert * size, size),
                c.slice(from * n, (long) count * n),
                count,
                k,
                n,
                false));
  }

  @Override
  public void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int m, int n, int experts) {
    long size = (long) m * n;
    runs(
        owners,
        slots,
        (expert, from, count) ->
            matmul.matmulTransposedLeft(
                a.slice(from * m, (long) count * m),
                b.slice(from * n, (long) count * n),
                c.slice(expert * size, size),
                m,
                count,
                n,
                true));
  }

  @Override
  public void rows(Tensor table, Tensor owners, Tensor y, int slots, int width) {
    for (long i = 0; i < (long) slots * width; i++) {
      y.set(i, table.get((long) owners.get(i / width) * width + i % width));
    }
  }

  @Override
  public void rowsGradient(
      Tensor dy, Tensor owners, Tensor dTable, int slots, int width, int experts) {
    runs(
        owners,
        slots,
        (expert, from, count) -> {
          for (long c = 0; c < width; c++) {
            double sum = dTable.get(expert * width + c);
            for (long r = from; r < from + count; r++) {
              sum += dy.get(r * width + c);
            }
            dTable.set(expert * width + c, (float) sum);
          }
        });
  }

  @Override
  public void balanceGradient(
      Tensor dy,
      Tensor logits,
      Tensor owners,
      Tensor y,
      double weight,
      int rows,
      int experts,
      int active) {
    double each = weight * experts / ((double) rows * active * rows);
    var slopes = new double[experts];
    for (long r = 0; r < (long) rows * active; r++) {
      slopes[(int) owners.get(r)] += each;
    }
    var p = new double[experts];
    for (long t = 0; t < rows; t++) {
      softmax(logits, t * experts, p);
      double mean = 0;
      for (int e = 0; e < experts; e++) {
        mean += slopes[e] * p[e];
      }
      for (int e = 0; e < experts; e++) {
        long at = t * experts + e;
        y.set(at, (float) (dy.get(at) + p[e] * (slopes[e] - mean)));
      }
    }
  }

  private static void softmax(Tensor logits, long from, double[] p) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int e = 0; e < p.length; e++) {
      largest = Math.max(largest, logits.get(from + e));
    }
    double sum = 0;
    for (int e = 0; e < p.length; e++) {
      p[e] = Math.exp(logits.get(from + e) - largest);
      sum += p[e];
    }
    for (int e = 0; e < p.length; e++) {
      p[e] /= sum;
    }
  }
}
