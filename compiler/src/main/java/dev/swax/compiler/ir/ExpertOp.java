package dev.swax.compiler.ir;

import dev.swax.runtime.kernel.expert.ChoiceShape;

/**
 * What experts need. A token goes to A experts. What is computed inside them has a row for each
 * token and expert, sorted by expert; since there are always A of them a token, that is [T, A * C],
 * as memory [T * A, C]. Everything elementwise, and sums within groups of columns, works on it as
 * on any other value.
 */
public sealed interface ExpertOp {
  /**
   * (scores [T, experts]) to the chosen experts [T, A], the best first; part 1: the place among the
   * sorted rows of each [T, A]; part 2: the expert that each row belongs to [T, A]. Whole numbers,
   * which have no gradient.
   */
  record Choose(ChoiceShape choice) implements ExpertOp {}

  /** (x [T, experts], chosen) to x of those that were chosen [T, A]. */
  record Pick() implements ExpertOp {}

  /** (dy [T, A], chosen) to [T, experts], 0 where nothing was chosen. */
  record PickGradient(int experts) implements ExpertOp {}

  /** (x [T, C], places) or (x, places, weights [T, A]) to a row for each slot: [T, A * C]. */
  record Dispatch() implements ExpertOp {}

  /** (y [T, A * C], places) or (y, places, weights [T, A]) to the sum of a token's rows: [T, C]. */
  record Combine() implements ExpertOp {}

  /** (x [T, C], y [T, A * C], places) to x times each of its rows: [T, A]. */
  record SlotDots() implements ExpertOp {}

  /**
   * Each row times the matrix of its expert, of which the weight has one below the other: (rows,
   * weight, owners), or (rows, rows, owners) to the gradient of the weight.
   */
  record MatMul(boolean transposeLeft, boolean transposeRight, int experts) implements ExpertOp {}

  /** (table [experts, C], owners) to the row of each row's expert: [T, A * C]. */
  record Rows() implements ExpertOp {}

  /** (dy [T, A * C], owners) to the gradient of the table. */
  record RowsGradient(int experts) implements ExpertOp {}

  /**
   * (logits [T, experts], owners) to the logits. Their gradient gets that of the balance loss
   * {@code coefficient * experts * sum over e of f_e P_e} of all tokens of a call: f_e is the share
   * of all rows that go to expert e, P_e the mean over the tokens of softmax(logits)[e]. It weighs
   * as much as the mean loss of the tokens that are predicted.
   */
  record Balance(double coefficient) implements ExpertOp {}

  /** (dy, logits, owners) to the gradient of the logits. */
  record BalanceGradient(double coefficient) implements ExpertOp {}
}
