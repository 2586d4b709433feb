package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.optimizer.AdamWStep;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Norm of gradients, AdamW, and what else goes over whole ranges of flat arrays. */
public final class OptimizerKernels {
  /** Where {@link #adamw}'s numbers are in its settings. */
  private static final int RATE = 0;

  private static final int GRADIENT_SCALE = 1;

  /** {@code 1 - beta1^step}. */
  private static final int FIRST_CORRECTION = 2;

  /** {@code 1 - beta2^step}. */
  private static final int SECOND_CORRECTION = 3;

  /** {@code 1 - beta1}. */
  private static final int FIRST_SHARE = 4;

  /** {@code 1 - beta2}. */
  private static final int SECOND_SHARE = 5;

  private static final int EPSILON = 6;

  private static final int DECAY = 7;

  /** How many numbers the settings are. */
  public static final int SETTINGS = 8;

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

  /** Writes the {@link #SETTINGS} numbers of {@link #adamw}, for the host. */
  public static void set(FloatArray settings, int at, AdamWStep step) {
    settings.set(at + RATE, (float) step.rate());
    settings.set(at + GRADIENT_SCALE, (float) step.gradientScale());
    settings.set(at + FIRST_CORRECTION, (float) (1 - Math.pow(step.beta1(), step.step())));
    settings.set(at + SECOND_CORRECTION, (float) (1 - Math.pow(step.beta2(), step.step())));
    settings.set(at + FIRST_SHARE, (float) (1 - step.beta1()));
    settings.set(at + SECOND_SHARE, (float) (1 - step.beta2()));
    settings.set(at + EPSILON, (float) step.epsilon());
    settings.set(at + DECAY, (float) step.decay());
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
   * AdamW (Loshchilov and Hutter 2019, decoupled decay) on a range of four arrays, with g =
   * gradient * gradientScale: {@code m += (1-b1) (g - m); v += (1-b2) (g² - v); w -= rate (m /
   * (1-b1^step) / (sqrt(v / (1-b2^step)) + epsilon) + decay w)}. In this form only {@code 1 - b} is
   * rounded, which for b near 1 matters.
   *
   * @param ranges the first index, and that after the last, from {@code rangeAt} on
   * @param settings {@link #SETTINGS} numbers from {@code settingsAt} on
   */
  public static void adamw(
      KernelContext context,
      FloatArray weights,
      FloatArray gradients,
      FloatArray first,
      FloatArray second,
      IntArray ranges,
      int rangeAt,
      FloatArray settings,
      int settingsAt) {
    int from = ranges.get(rangeAt);
    int to = ranges.get(rangeAt + 1);
    float rate = settings.get(settingsAt + RATE);
    float scale = settings.get(settingsAt + GRADIENT_SCALE);
    float firstCorrection = settings.get(settingsAt + FIRST_CORRECTION);
    float secondCorrection = settings.get(settingsAt + SECOND_CORRECTION);
    float firstShare = settings.get(settingsAt + FIRST_SHARE);
    float secondShare = settings.get(settingsAt + SECOND_SHARE);
    float epsilon = settings.get(settingsAt + EPSILON);
    float decay = settings.get(settingsAt + DECAY);
    int step = context.globalGroupSizeX;
    for (int i = from + context.globalIdx; i < to; i += step) {
      float gradient = gradients.get(i) * scale;
      float m = first.get(i);
      m = m + firstShare * (gradient - m);
      float v = second.get(i);
      v = v + secondShare * (gradient * gradient - v);
      float weight = weights.get(i);
      float direction = m / firstCorrection / (TornadoMath.sqrt(v / secondCorrection) + epsilon);
      first.set(i, m);
      second.set(i, v);
      weights.set(i, weight - rate * (direction + decay * weight));
    }
  }
}
