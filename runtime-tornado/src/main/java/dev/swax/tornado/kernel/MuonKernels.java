package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.optimizer.MuonStep;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Muon on one matrix of [rows, columns], which is a range of flat arrays. Its direction x is made
 * in the workspace: {@link #momentum} and {@link #shorten}, then for each iteration a gram matrix,
 * its square, their {@link #polynomial}, a product and {@link #copy}; at last {@link #update}. The
 * gram matrix is that of the shorter side.
 *
 * <p>In the workspace lie sums of squares, x, the next x, the gram matrix and its square.
 */
public final class MuonKernels {
  /** How many numbers the settings are. */
  public static final int SETTINGS = 7;

  private static final int GRADIENT_SCALE = 0;

  /** What of the momentum stays, and how much of the gradient is added to it. */
  private static final int KEEP = 1;

  private static final int TAKE = 2;

  /** How much of the momentum and of the gradient is in the direction. */
  private static final int OF_MOMENTUM = 3;

  private static final int OF_GRADIENT = 4;

  /** What the direction is multiplied by in the end, and the weights. */
  private static final int STEP = 5;

  private static final int DECAYED = 6;

  private static final int THREADS = 256;

  /** As many as a grid for any number of elements has at most. */
  private static final int SUMS = 512;

  /** Where the direction begins in the workspace. */
  private static final int X = SUMS;

  private static final float A = (float) MuonStep.A;
  private static final float B = (float) MuonStep.B;
  private static final float C = (float) MuonStep.C;
  private static final float SHORTEST = (float) MuonStep.SHORTEST;

  private MuonKernels() {}

  /** Floats of the workspace for a matrix. */
  public static long workspace(int rows, int columns) {
    long side = Math.min(rows, columns);
    return X + 2L * rows * columns + 2 * side * side;
  }

  /** Writes the {@link #SETTINGS} numbers of a step, for the host. */
  public static void set(FloatArray settings, int at, MuonStep step) {
    float keep = (float) step.momentum();
    float take = (float) (1 - step.momentum());
    settings.set(at + GRADIENT_SCALE, (float) step.gradientScale());
    settings.set(at + KEEP, keep);
    settings.set(at + TAKE, take);
    settings.set(at + OF_MOMENTUM, step.nesterov() ? keep : 1f);
    settings.set(at + OF_GRADIENT, step.nesterov() ? take : 0f);
    settings.set(at + STEP, (float) (step.rate() * step.scale()));
    settings.set(at + DECAYED, (float) (step.rate() * step.decay()));
  }

  /** The grid of {@link #polynomial} and {@link #copy}: a thread for each element. */
  public static WorkerGrid grid(int elements) {
    var grid = new WorkerGrid1D((elements + THREADS - 1) / THREADS * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /**
   * {@code m = keep m + take g; x = ofMomentum m + ofGradient g} with g = gradient * gradientScale,
   * and the sum of x² of each group. Needs a grid of {@link OptimizerKernels#grid}.
   *
   * @param ranges the first index, and that after the last, from {@code rangeAt} on
   */
  public static void momentum(
      KernelContext context,
      FloatArray gradients,
      FloatArray momentum,
      FloatArray workspace,
      IntArray ranges,
      int rangeAt,
      FloatArray settings,
      int settingsAt) {
    float[] shares = context.allocateFloatLocalArray(THREADS);
    int thread = context.localIdx;
    int threads = context.globalGroupSizeX;
    int from = ranges.get(rangeAt);
    int to = ranges.get(rangeAt + 1);
    float scale = settings.get(settingsAt + GRADIENT_SCALE);
    float keep = settings.get(settingsAt + KEEP);
    float take = settings.get(settingsAt + TAKE);
    float ofMomentum = settings.get(settingsAt + OF_MOMENTUM);
    float ofGradient = settings.get(settingsAt + OF_GRADIENT);
    float sum = 0f;
    for (int i = from + context.globalIdx; i < to; i += threads) {
      float gradient = gradients.get(i) * scale;
      float m = keep * momentum.get(i) + take * gradient;
      float x = ofMomentum * m + ofGradient * gradient;
      momentum.set(i, m);
      workspace.set(X + i - from, x);
      sum += x * x;
    }
    shares[thread] = sum;
    for (int stride = THREADS / 2; stride > 0; stride = stride / 2) {
      context.localBarrier();
      if (thread < stride) {
        shares[thread] = shares[thread] + shares[thread + stride];
      }
    }
    if (thread == 0) {
      workspace.set(context.groupIdx, shares[0]);
    }
  }

  /** {@code x = x / |x|}. Needs the grid of {@link #momentum}. */
  public static void shorten(
      KernelContext context, FloatArray workspace, IntArray ranges, int rangeAt) {
    int threads = context.globalGroupSizeX;
    int length = ranges.get(rangeAt + 1) - ranges.get(rangeAt);
    // A number that the compiler does not know: it would unroll the loop.
    int groups = threads / THREADS;
    float sum = 0f;
    for (int group = 0; group < groups; group++) {
      sum += workspace.get(group);
    }
    float factor = 1f / TornadoMath.max(TornadoMath.sqrt(sum), SHORTEST);
    for (int i = context.globalIdx; i < length; i += threads) {
      workspace.set(X + i, workspace.get(X + i) * factor);
    }
  }

  /** {@code gram = x xᵀ}, where rows are not more than columns. */
  public static void wideGram(KernelContext context, FloatArray workspace, int rows, int columns) {
    int gram = X + 2 * rows * columns;
    MatmulKernels.transposedRight(
        context, workspace, X, workspace, X, workspace, gram, rows, columns, rows, 0);
  }

  /** {@code gram = xᵀ x}. */
  public static void tallGram(KernelContext context, FloatArray workspace, int rows, int columns) {
    int gram = X + 2 * rows * columns;
    MatmulKernels.transposedLeft(
        context, workspace, X, workspace, X, workspace, gram, columns, rows, columns, 0);
  }

  /** {@code square = gram gram}, [side, side]. */
  public static void square(
      KernelContext context, FloatArray workspace, int rows, int columns, int side) {
    int gram = X + 2 * rows * columns;
    int square = gram + side * side;
    MatmulKernels.plain(
        context, workspace, gram, workspace, gram, workspace, square, side, side, side, 0);
  }

  /** {@code gram = a I + b gram + c square}. */
  public static void polynomial(
      KernelContext context, FloatArray workspace, int rows, int columns, int side) {
    int i = context.globalIdx;
    if (i < side * side) {
      int gram = X + 2 * rows * columns + i;
      float value = B * workspace.get(gram) + C * workspace.get(gram + side * side);
      if (i / side == i % side) {
        value = value + A;
      }
      workspace.set(gram, value);
    }
  }

  /** {@code next = gram x}, where rows are not more than columns. */
  public static void wideProduct(
      KernelContext context, FloatArray workspace, int rows, int columns) {
    int next = X + rows * columns;
    int gram = next + rows * columns;
    MatmulKernels.plain(
        context, workspace, gram, workspace, X, workspace, next, rows, rows, columns, 0);
  }

  /** {@code next = x gram}. */
  public static void tallProduct(
      KernelContext context, FloatArray workspace, int rows, int columns) {
    int next = X + rows * columns;
    int gram = next + rows * columns;
    MatmulKernels.plain(
        context, workspace, X, workspace, gram, workspace, next, rows, columns, columns, 0);
  }

  /** {@code x = next}. */
  public static void copy(KernelContext context, FloatArray workspace, int rows, int columns) {
    int i = context.globalIdx;
    if (i < rows * columns) {
      workspace.set(X + i, workspace.get(X + rows * columns + i));
    }
  }

  /** {@code w -= step x + decayed w}. */
  public static void update(
      KernelContext context,
      FloatArray weights,
      FloatArray workspace,
      IntArray ranges,
      int rangeAt,
      FloatArray settings,
      int settingsAt) {
    int threads = context.globalGroupSizeX;
    int from = ranges.get(rangeAt);
    int to = ranges.get(rangeAt + 1);
    float step = settings.get(settingsAt + STEP);
    float decayed = settings.get(settingsAt + DECAYED);
    for (int i = from + context.globalIdx; i < to; i += threads) {
      float weight = weights.get(i);
      weights.set(i, weight - (step * workspace.get(X + i - from) + decayed * weight));
    }
  }
}
