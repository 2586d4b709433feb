package dev.swax.runtime.kernel.expert;

import dev.swax.runtime.tensor.Tensor;

/**
 * Kernels of experts. T tokens go to A experts each: they have T * A rows, sorted by expert, those
 * of one expert by token. Three tensors [T, A] of whole numbers say how:
 *
 * <ul>
 *   <li>{@code chosen[t, a]} is the expert of slot a of token t, the best first;
 *   <li>{@code places[t, a]} is the row of that slot;
 *   <li>{@code owners[r]} is the expert of row r.
 * </ul>
 *
 * <p>An expert may have no row. {@code slots} is T * A.
 */
public interface ExpertKernels {
  /** T * A beyond this has places that fp32 does not hold. */
  int MOST_SLOTS = 1 << 24;

  /** Chooses experts for each token by scores [T, experts], and sorts their rows. */
  void choose(
      Tensor scores, Tensor chosen, Tensor places, Tensor owners, int rows, ChoiceShape choice);

  /** {@code y[t, a] = x[t, chosen[t, a]]}. x [T, experts], y [T, A]. */
  void pick(Tensor x, Tensor chosen, Tensor y, int rows, int experts, int active);

  /** The gradient of {@link #pick}: 0 where an expert was not chosen. */
  void pickGradient(Tensor dy, Tensor chosen, Tensor dx, int rows, int experts, int active);

  /** {@code y[places[t, a]] = x[t]}. x [T, width], y [T, A * width]. */
  void dispatch(Tensor x, Tensor places, Tensor y, int rows, int active, int width);

  /** {@code y[places[t, a]] = weights[t, a] x[t]}. */
  void dispatchWeighted(
      Tensor x, Tensor places, Tensor weights, Tensor y, int rows, int active, int width);

  /** {@code x[t] = sum over a of y[places[t, a]]}, in the order of the slots. */
  void combine(Tensor y, Tensor places, Tensor x, int rows, int active, int width);

  /** {@code x[t] = sum over a of weights[t, a] y[places[t, a]]}. */
  void combineWeighted(
      Tensor y, Tensor places, Tensor weights, Tensor x, int rows, int active, int width);

  /** {@code out[t, a] = x[t] . y[places[t, a]]}: the gradient of weights. */
  void slotDots(Tensor x, Tensor y, Tensor places, Tensor out, int rows, int active, int width);

  /** {@code c[r] = a[r] b[owners[r]]}. a [slots, k], b [experts * k, n], c [slots, n]. */
  void matmul(Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts);

  /** {@code c[r] = a[r] b[owners[r]]ᵀ}. a [slots, k], b [experts * n, k], c [slots, n]. */
  void matmulTransposedRight(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts);

  /**
   * Adds {@code aᵀ b} of the rows of each expert. a [slots, m], b [slots, n], c [experts * m, n].
   */
  void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int m, int n, int experts);

  /** {@code y[r] = table[owners[r]]}. table [experts, width], y [slots, width]. */
  void rows(Tensor table, Tensor owners, Tensor y, int slots, int width);

  /** Adds the gradient of {@link #rows}, in the order of the rows. */
  void rowsGradient(Tensor dy, Tensor owners, Tensor dTable, int slots, int width, int experts);

  /**
   * Adds to dLogits the gradient of the balance loss {@code weight * experts * sum over e of f_e
   * P_e}: f_e is the share of all rows that expert e has, P_e the mean over the tokens of {@code
   * softmax(logits[t])[e]}. Nothing goes through f. y = dy + gradient; y may be dy. All [T,
   * experts].
   */
  void balanceGradient(
      Tensor dy,
      Tensor logits,
      Tensor owners,
      Tensor y,
      double weight,
      int rows,
      int experts,
      int active);
}
