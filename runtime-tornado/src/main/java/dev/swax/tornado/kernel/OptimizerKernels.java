package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Norm of gradients, AdamW, and what else goes over whole ranges of flat arrays. */
public final class OptimizerKernels {
  /** Where {@link #adamw}'s numbers are in its settings. */
  public static final int RATE = 0;

  public static final int GRADIENT_SCALE = 1;

  /** {@code 1 - beta1^step}. */
  public static final int FIRST_CORRECTION = 2;

  /** {@code 1 - beta2^step}. */
  public static final int SECOND_CORRECTION = 3;

  /** How many numbers the settings are. */
  public static final int SETTINGS = 4;

  private static final int THREADS = 256;

  /** More groups do not make a device faster. */
  private static final int GROUPS = 512;

  private OptimizerKernels() {}

  /** The grid of every kernel here, for so many elements; fewer threads take several each. */
  public static WorkerGrid grid(int elements) {
    var grid = new WorkerGrid1D(groups(elements) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /** How many partial sums {@link #sumOfSquares} leaves with the grid for so many elements. */
  public static int groups(int elements) {
    return Math.clamp((elements + THREADS - 1L) / THREADS, 1, GROUPS);
  }

  /** {@code x[from .. to] = 0}. */
  public static void clear(KernelContext context, FloatArray x, int from, int to) {
    int step = context.globalGroupSizeX;
    for (int i = from + context.globalIdx; i < to; i += step) {
      x.set(i, 0f);
    }
  }

  /**
   * {@code partials[group] = sum of x² over the group's elements of x[from .. to]}, in a fixed
   * order. Each thread takes as many elements as there are threads apart, then the group's sums are
   * added by halves. NaN or infinity if any value is. The host adds the partials in double.
   */
  public static void sumOfSquares(
      KernelContext context, FloatArray x, int from, int to, FloatArray partials, int partialsAt) {
    float[] shares = context.allocateFloatLocalArray(THREADS);
    int thread = context.localIdx;
    int step = context.globalGroupSizeX;
    float sum = 0f;
    for (int i = from + context.globalIdx; i < to; i += step) {
      float value = x.get(i);
      sum += value * value;
    }
    shares[thread] = sum;
    for (int stride = THREADS / 2; stride > 0; stride = stride / 2) {
      context.localBarrier();
      if (thread < stride) {
        shares[thread] = shares[thread] + shares[thread + stride];
      }
    }
    if (thread == 0) {
      partials.set(partialsAt + context.groupIdx, shares[0]);
    }
  }

  /**
   * AdamW (Loshchilov and Hutter 2019, decoupled decay) on {@code [from .. to]} of four arrays,
   * with g = gradient * gradientScale: {@code m += (1-b1) (g - m); v += (1-b2) (g² - v); w -= rate
   * (m / (1-b1^step) / (sqrt(v / (1-b2^step)) + epsilon) + decay w)}. In this form only {@code 1 -
   * b} is rounded, which for b near 1 matters.
   *
   * @param settings {@link #SETTINGS} numbers from {@code settingsAt} on, which change each step
   */
  public static void adamw(
      KernelContext context,
      FloatArray weights,
      FloatArray gradients,
      FloatArray first,
      FloatArray second,
      int from,
      int to,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float epsilon,
      float decay,
      FloatArray settings,
      int settingsAt) {
    float rate = settings.get(settingsAt + RATE);
    float scale = settings.get(settingsAt + GRADIENT_SCALE);
    float firstCorrection = settings.get(settingsAt + FIRST_CORRECTION);
    float secondCorrection = settings.get(settingsAt + SECOND_CORRECTION);
    int step = context.globalGroupSizeX;
    for (int i = from + context.globalIdx; i < to; i += step) {
      float gradient = gradients.get(i) * scale;
      float m = first.get(i);
      m = m + oneMinusBeta1 * (gradient - m);
      float v = second.get(i);
      v = v + oneMinusBeta2 * (gradient * gradient - v);
      float weight = weights.get(i);
      float direction = m / firstCorrection / (TornadoMath.sqrt(v / secondCorrection) + epsilon);
      first.set(i, m);
      second.set(i, v);
      weights.set(i, weight - rate * (direction + decay * weight));
    }
  }
}
