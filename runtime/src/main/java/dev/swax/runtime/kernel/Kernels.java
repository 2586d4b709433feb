package dev.swax.runtime.kernel;

import dev.swax.runtime.kernel.attention.AttentionBand;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.attention.AttentionGradientCall;
import dev.swax.runtime.kernel.expert.ExpertKernels;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.kernel.optimizer.MuonStep;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.tensor.Tensor;

/**
 * The operations that generated programs call. {@link ScalarKernels} defines their results, {@link
 * VectorKernels} is fast. Both give the same bits for any number of threads. Once their workspace
 * is large enough for the sizes in use, a call allocates nothing.
 *
 * <p>Matrices are row-major. T is the number of rows, batch * time; H is the number of heads; K and
 * V are the key width and the value width per head.
 */
public interface Kernels extends AutoCloseable {

  /** Whether this process has vectors; the flag {@code --add-modules=jdk.incubator.vector} does. */
  static boolean vectorsAvailable() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** The fastest kernels that this process can run, on so many threads. */
  static Kernels open(int threads) {
    return vectorsAvailable() ? new VectorKernels(threads) : new ScalarKernels(threads);
  }

  // Work on rows -------------------------------------------------------------------------------

  /** Runs {@code task} over {@code 0 .. rows} in {@link #rowParts} fixed parts, on all threads. */
  void rows(int rows, RowTask task);

  /**
   * How many parts {@link #rows} makes of so many rows. Does not depend on the number of threads.
   */
  int rowParts(int rows);

  /** The most parts that {@link #rows} makes of so many rows, or of fewer. */
  int mostRowParts(int rows);

  /** {@code out[c] += sum over parts of partial[part, c]}, in the order of the parts. */
  void addParts(Tensor partial, int parts, int columns, Tensor out);

  // Matrices -----------------------------------------------------------------------------------

  /** {@code c = a b}, or {@code c += a b}. a [m, k], b [k, n], c [m, n]. */
  void matmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate);

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}. a [m, k], b [n, k], c [m, n]. */
  void matmulTransposedRight(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate);

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}: weight gradients. a [k, m], b [k, n], c [m, n]. */
  void matmulTransposedLeft(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate);

  /**
   * As many products side by side: block g of c is {@code a b} of block g of a and of b. a [m,
   * blocks * k], b [blocks * k, n], c [m, blocks * n].
   */
  void blockMatmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks);

  /** {@code a bᵀ} of each block. a [m, blocks * k], b [blocks * n, k], c [m, blocks * n]. */
  void blockMatmulTransposedRight(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks);

  /** Adds {@code aᵀ b} of each block. a [k, blocks * m], b [k, blocks * n], c [blocks * m, n]. */
  void blockMatmulTransposedLeft(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks);

  // Groups of columns --------------------------------------------------------------------------

  /**
   * Each group of a row as many times, one after the other. x [rows, groups * width], y [rows,
   * groups * times * width].
   */
  void repeat(Tensor x, Tensor y, int rows, int groups, int times, int width);

  /** What {@link #repeat} repeats, summed. x [rows, groups * times * width], y as its x. */
  void sumRepeats(Tensor x, Tensor y, int rows, int groups, int times, int width);

  /**
   * Columns {@code xFrom ..} of each group of x, to columns {@code yFrom ..} of that group of y;
   * the other columns of y stay. x [rows, groups * xWidth], y [rows, groups * yWidth].
   */
  void copyColumns(
      Tensor x,
      Tensor y,
      int rows,
      int groups,
      int xWidth,
      int xFrom,
      int yWidth,
      int yFrom,
      int columns);

  /** {@code y = softmax(x)} of each group. x, y [rows, groups * width]. */
  void softmax(Tensor x, Tensor y, int rows, int groups, int width);

  // Experts ------------------------------------------------------------------------------------

  /** Choice of experts, and work on the rows that go to them. */
  ExpertKernels experts();

  // Tokens -------------------------------------------------------------------------------------

  /**
   * {@code out[t] = table[tokens[t]]}, zeros where the token is below 0. table [vocab, columns],
   * out [rows, columns].
   */
  void embedding(int[] tokens, Tensor table, Tensor out, int rows, int columns);

  /** {@code dTable[tokens[t]] += dy[t]}, in the order of the rows; not for tokens below 0. */
  void embeddingGradient(int[] tokens, Tensor dy, Tensor dTable, int rows, int vocab, int columns);

  /**
   * {@code losses[t] = logsumexp(logits[t]) - logits[t, targets[t]]}; a target below 0 is ignored
   * (loss 0). Also writes the logsumexp of each row. logits [rows, vocab], losses and logSumExp
   * [rows].
   */
  void crossEntropy(
      Tensor logits, int[] targets, Tensor losses, Tensor logSumExp, int rows, int vocab);

  /**
   * The gradient of {@code scale * (losses[t] + zLoss logSumExp[t]²)}: {@code dLogits[t] = scale *
   * (softmax(logits[t]) (1 + 2 zLoss logSumExp[t]) - onehot(targets[t]))}, zero for ignored rows.
   * dLogits may be logits itself.
   */
  void crossEntropyGradient(
      Tensor logits,
      int[] targets,
      Tensor logSumExp,
      Tensor dLogits,
      float scale,
      float zLoss,
      int rows,
      int vocab);

  // Positions ----------------------------------------------------------------------------------

  /**
   * Turns the pairs of every head by position times frequency, as the rotation says; {@code
   * inverse} turns them back, which is also the gradient. Row t of sequence b has position {@code
   * firstPosition + t}. y may be x. x, y [batch * time, heads * headWidth]. Angles are computed in
   * double.
   */
  void rope(
      Tensor x,
      Tensor y,
      int batch,
      int time,
      int heads,
      Rotation rotation,
      long firstPosition,
      boolean inverse);

  // Attention ----------------------------------------------------------------------------------

  /**
   * Softmax attention over a band: query t sees the keys that {@link AttentionBand} says. Cost per
   * query is O(window), whatever the length.
   */
  void attention(AttentionCall call);

  /** Gradients of {@link #attention} with nothing before its sequences, by recomputing the band. */
  void attentionGradient(AttentionGradientCall call);

  // Recurrences --------------------------------------------------------------------------------

  /**
   * Walks every sequence, in the form that is fastest for its length. Reads and then overwrites the
   * states, so that a long text can be walked in segments.
   */
  void recurrence(RecurrenceCall call);

  /**
   * The same, one token after the other: for generation, and as a check. What only the gradient
   * reads may be left as it was.
   */
  void recurrenceByToken(RecurrenceCall call);

  /** The exact gradients of {@link #recurrence}. */
  void recurrenceGradient(RecurrenceGradientCall call);

  // Optimizer ----------------------------------------------------------------------------------

  /** Sum of squares in double, in a fixed order; NaN or infinity if any value is. */
  double sumOfSquares(Tensor x);

  /**
   * AdamW (Loshchilov and Hutter 2019, decoupled decay), in place, with g = gradient *
   * gradientScale: {@code m = b1 m + (1-b1) g; v = b2 v + (1-b2) g²; w -= rate (m / (1-b1^step) /
   * (sqrt(v / (1-b2^step)) + epsilon) + decay w)}.
   */
  void adamw(Tensor weight, Tensor gradient, Tensor first, Tensor second, AdamWStep step);

  /**
   * Muon (Jordan et al. 2024), in place, on each of the matrices [rows, columns] that stand one
   * below the other, with g = gradient * gradientScale: {@code m = b m + (1-b) g; u = b m + (1-b)
   * g} with Nesterov, else {@code m}; {@code x = u / |u|}; so many times {@code x = 3.4445 x +
   * (-4.7750 x xᵀ + 2.0315 (x xᵀ)²) x}; {@code w -= rate (scale x + decay w)}.
   */
  void muon(
      Tensor weight,
      Tensor gradient,
      Tensor momentum,
      int matrices,
      int rows,
      int columns,
      MuonStep step);

  /** Bytes of workspace held now, outside the tensors that callers pass. */
  long workspaceBytes();

  @Override
  void close();
}
