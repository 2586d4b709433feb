package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The loss of predicted tokens, and its gradient. A group of 128 threads for each row. */
public final class CrossEntropyKernels {
  private static final int THREADS = 128;

  private CrossEntropyKernels() {}

  /** The grid of both kernels, for so many rows or fewer. */
  public static WorkerGrid grid(int rows) {
    var grid = new WorkerGrid1D(Math.multiplyExact(Math.max(1, rows), THREADS));
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /**
   * {@code losses[t, 0] = logsumexp(logits[t]) - logits[t, targets[t]]}, 0 for a target below 0;
   * {@code losses[t, 1] = logSumExp[t] = logsumexp(logits[t])}. Thread i sums every 128th column
   * from i on; then the threads' shares are added by halves. logits [rows, vocab], losses [rows,
   * 2].
   */
  public static void loss(
      KernelContext context,
      FloatArray logits,
      int logitsAt,
      IntArray targets,
      int targetsAt,
      FloatArray losses,
      int lossesAt,
      FloatArray logSumExp,
      int logSumExpAt,
      int rows,
      int vocab) {
    float[] shares = context.allocateFloatLocalArray(THREADS);
    int thread = context.localIdx;
    int row = context.groupIdx;
    if (row < rows) {
      int from = logitsAt + row * vocab;
      float largest = logits.get(from);
      for (int column = thread; column < vocab; column += THREADS) {
        largest = TornadoMath.max(largest, logits.get(from + column));
      }
      shares[thread] = largest;
      for (int stride = THREADS / 2; stride > 0; stride = stride / 2) {
        context.localBarrier();
        if (thread < stride) {
          shares[thread] = TornadoMath.max(shares[thread], shares[thread + stride]);
        }
      }
      context.localBarrier();
      largest = shares[0];
      context.localBarrier();
      float sum = 0f;
      for (int column = thread; column < vocab; column += THREADS) {
        sum += TornadoMath.exp(logits.get(from + column) - largest);
      }
      shares[thread] = sum;
      for (int stride = THREADS / 2; stride > 0; stride = stride / 2) {
        context.localBarrier();
        if (thread < stride) {
          shares[thread] = shares[thread] + shares[thread + stride];
        }
      }
      if (thread == 0) {
        float all = largest + TornadoMath.log(shares[0]);
        logSumExp.set(logSumExpAt + row, all);
        int target = targets.get(targetsAt + row);
        float loss = 0f;
        if (target >= 0) {
          loss = all - logits.get(from + target);
        }
        losses.set(lossesAt + 2 * row, loss);
        losses.set(lossesAt + 2 * row + 1, all);
      }
    }
  }

  /**
   * {@code dLogits[t] = scale * (softmax(logits[t]) (1 + 2 zLoss logSumExp[t]) -
   * onehot(targets[t]))}, zero for a target below 0. dLogits may be logits itself.
   *
   * @param scales {@code scale} at {@code scaleAt}, {@code zLoss} after it
   */
  public static void gradient(
      KernelContext context,
      FloatArray logits,
      int logitsAt,
      IntArray targets,
      int targetsAt,
      FloatArray logSumExp,
      int logSumExpAt,
      FloatArray dLogits,
      int dLogitsAt,
      FloatArray scales,
      int scaleAt,
      int rows,
      int vocab) {
    int row = context.groupIdx;
    if (row < rows) {
      int target = targets.get(targetsAt + row);
      float all = logSumExp.get(logSumExpAt + row);
      float pull = 1f + 2f * scales.get(scaleAt + 1) * all;
      float scale = 0f;
      if (target >= 0) {
        scale = scales.get(scaleAt);
      }
      for (int column = context.localIdx; column < vocab; column += THREADS) {
        float difference =
            TornadoMath.exp(logits.get(logitsAt + row * vocab + column) - all) * pull;
        if (column == target) {
          difference = difference - 1f;
        }
        dLogits.set(dLogitsAt + row * vocab + column, scale * difference);
      }
    }
  }
}
