package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Choice of experts. Each token has {@code active} slots; whole numbers are kept as fp32. The grids
 * are those of {@link GroupKernels#grid}.
 */
public final class ChoiceKernels {
  private ChoiceKernels() {}

  /**
   * {@code good[t, g]}: the sum of the two largest scores of a group. A thread for each. scores
   * [rows, groups * size].
   */
  public static void groups(
      KernelContext context,
      FloatArray scores,
      int scoresAt,
      FloatArray good,
      int goodAt,
      int rows,
      int groups,
      int size) {
    int i = context.globalIdx;
    if (i < rows * groups) {
      int from = scoresAt + i * size;
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
      if (size > 1) {
        first = first + second;
      }
      good.set(goodAt + i, first);
    }
  }

  /**
   * {@code chosen[t, a]}: the largest score of the open groups after those before it; of equal
   * scores the lower number comes first. A thread for each token. With all groups open {@code good}
   * is not read.
   *
   * <p>Experts are tried from the last to the first, so the lowest of equal ones is met last. Those
   * behind the one that was chosen before and those in front of it have loops of their own, because
   * TornadoVM compiles {@code a || b && c} wrongly.
   */
  public static void choose(
      KernelContext context,
      FloatArray scores,
      int scoresAt,
      FloatArray good,
      int goodAt,
      FloatArray chosen,
      int chosenAt,
      int rows,
      int experts,
      int active,
      int groups,
      int activeGroups) {
    int t = context.globalIdx;
    if (t < rows) {
      int from = scoresAt + t * experts;
      int size = experts / groups;
      float last = Float.POSITIVE_INFINITY;
      int lastExpert = -1;
      for (int a = 0; a < active; a++) {
        float best = Float.NEGATIVE_INFINITY;
        int bestExpert = -1;
        for (int e = experts - 1; e > lastExpert; e--) {
          float score = scores.get(from + e);
          if (score <= last
              && score >= best
              && isOpen(good, goodAt + t * groups, e / size, groups, activeGroups)) {
            best = score;
            bestExpert = e;
          }
        }
        for (int e = lastExpert; e >= 0; e--) {
          float score = scores.get(from + e);
          if (score < last
              && score >= best
              && isOpen(good, goodAt + t * groups, e / size, groups, activeGroups)) {
            best = score;
            bestExpert = e;
          }
        }
        last = best;
        lastExpert = bestExpert;
        if (bestExpert < 0) {
          bestExpert = 0; // not a number
        }
        chosen.set(chosenAt + t * active + a, bestExpert);
      }
    }
  }

  private static boolean isOpen(FloatArray good, int at, int group, int groups, int activeGroups) {
    int rank = 0;
    if (activeGroups < groups) {
      float own = good.get(at + group);
      for (int g = 0; g < group; g++) {
        if (good.get(at + g) >= own) {
          rank++;
        }
      }
      for (int g = group + 1; g < groups; g++) {
        if (good.get(at + g) > own) {
          rank++;
        }
      }
    }
    return rank < activeGroups;
  }

  /**
   * The place of each slot among the rows sorted by expert, and the expert of each row. A thread
   * for each expert.
   */
  public static void sort(
      KernelContext context,
      FloatArray chosen,
      int chosenAt,
      FloatArray places,
      int placesAt,
      FloatArray owners,
      int ownersAt,
      int slots,
      int experts) {
    int e = context.globalIdx;
    if (e < experts) {
      int row = 0;
      for (int slot = 0; slot < slots; slot++) {
        if (chosen.get(chosenAt + slot) < e) {
          row++;
        }
      }
      for (int slot = 0; slot < slots; slot++) {
        if (chosen.get(chosenAt + slot) == e) {
          places.set(placesAt + slot, row);
          owners.set(ownersAt + row, e);
          row++;
        }
      }
    }
  }

  /** {@code y[t, a] = x[t, chosen[t, a]]}. A thread for each. x [rows, experts]. */
  public static void pick(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray chosen,
      int chosenAt,
      FloatArray y,
      int yAt,
      int rows,
      int experts,
      int active) {
    int i = context.globalIdx;
    if (i < rows * active) {
      int expert = (int) chosen.get(chosenAt + i);
      y.set(yAt + i, x.get(xAt + i / active * experts + expert));
    }
  }

  /** The gradient of {@link #pick}. A thread for each number of dx. */
  public static void pickGradient(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray chosen,
      int chosenAt,
      FloatArray dx,
      int dxAt,
      int rows,
      int experts,
      int active) {
    int i = context.globalIdx;
    if (i < rows * experts) {
      int slot = i / experts * active;
      float value = 0f;
      for (int a = 0; a < active; a++) {
        if (chosen.get(chosenAt + slot + a) == i % experts) {
          value = dy.get(dyAt + slot + a);
        }
      }
      dx.set(dxAt + i, value);
    }
  }

  /**
   * {@code slopes[e]}: what the balance loss grows by with the probability of expert e at a token.
   * A thread for each expert. The loss weighs {@code coefficient * weights[weightAt]}.
   */
  public static void slopes(
      KernelContext context,
      FloatArray owners,
      int ownersAt,
      FloatArray slopes,
      int slopesAt,
      FloatArray weights,
      int weightAt,
      float coefficient,
      int rows,
      int experts,
      int active) {
    int e = context.globalIdx;
    if (e < experts && rows > 0) {
      int slots = rows * active;
      int first = ExpertKernels.firstOf(owners, ownersAt, e, slots);
      int end = ExpertKernels.firstOf(owners, ownersAt, e + 1, slots);
      float each = coefficient * weights.get(weightAt) * experts / slots / rows;
      slopes.set(slopesAt + e, each * (end - first));
    }
  }

  /** {@code y = dy +} the gradient of the balance loss. A thread for each token; y may be dy. */
  public static void balanceGradient(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray logits,
      int logitsAt,
      FloatArray slopes,
      int slopesAt,
      FloatArray y,
      int yAt,
      int rows,
      int experts) {
    int t = context.globalIdx;
    if (t < rows) {
      int from = logitsAt + t * experts;
      float largest = logits.get(from);
      for (int e = 0; e < experts; e++) {
        largest = TornadoMath.max(largest, logits.get(from + e));
      }
      float sum = 0f;
      float mean = 0f;
      for (int e = 0; e < experts; e++) {
        float p = TornadoMath.exp(logits.get(from + e) - largest);
        sum += p;
        mean += p * slopes.get(slopesAt + e);
      }
      mean = mean / sum;
      for (int e = 0; e < experts; e++) {
        float p = TornadoMath.exp(logits.get(from + e) - largest) / sum;
        int at = t * experts + e;
        y.set(yAt + at, dy.get(dyAt + at) + p * (slopes.get(slopesAt + e) - mean));
      }
    }
  }
}
