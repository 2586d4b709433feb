package dev.swax.compiler.ir;

import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.List;

/**
 * What a node computes. Only attributes live here; operands live in {@link Node}. A heavy op with
 * several results is followed by a {@link Part} for each result after the first.
 */
public sealed interface Op {
  /** A value that comes from outside the graph, by name: `x`, `dy`. */
  record Input(String name, TensorType type) implements Op {}

  /** A trained tensor of this block, by its name in the block: `memory.q`. */
  record Parameter(String name, TensorType type) implements Op {}

  record Constant(double value) implements Op {}

  /** A row [1, C] of fixed values: one a head, the same at every token. */
  record ConstantRow(List<Double> values) implements Op {
    public ConstantRow {
      values = List.copyOf(values);
    }
  }

  /** Result {@code index} (from 1) of the op that is the operand. */
  record Part(int index) implements Op {}

  // Elementwise; a [1, 1] operand is spread over the other.

  record Unary(UnaryFunction function) implements Op {}

  record Binary(BinaryFunction function) implements Op {}

  // Spreading and summing

  /** [1, C] over all tokens: [T, C]. */
  record SpreadRow() implements Op {}

  /** Each of G columns over its group: [T, G] to [T, columns]. */
  record SpreadGroups(int columns) implements Op {}

  /** Sums each of {@code groups} equal groups of columns: [T, C] to [T, groups]. */
  record SumGroups(int groups) implements Op {}

  /** Sums over the tokens: [T, C] to [1, C]. */
  record SumRows() implements Op {}

  // Heavy ops, one kernel each

  /** {@code a b}, {@code a bᵀ} or {@code aᵀ b}. */
  record MatMul(boolean transposeLeft, boolean transposeRight) implements Op {}

  /** (c, a, b) to {@code c + a b} or {@code c + a bᵀ}, in place of c, which nothing else uses. */
  record MatMulAdd(boolean transposeRight) implements Op {}

  /** (table [V, D]) to [T, D], by the batch's tokens. */
  record Embedding() implements Op {}

  /** (dy [T, D]) to [vocabulary, D]. */
  record EmbeddingGradient(int vocabulary) implements Op {}

  /** Rotary positions on (x [T, heads * headWidth]). */
  record Rope(int heads, double theta, boolean inverse) implements Op {}

  /**
   * (q, k, v) to y [T, heads * headWidth]; part 1: log-sum-exp [T, heads]. {@code window} is an
   * index into the model's windows, or -1 for full attention.
   */
  record Attention(AttentionShape shape, int window) implements Op {}

  /** (q, k, v, y, logSumExp, dy) to dq; parts dk, dv. */
  record AttentionGradient(AttentionShape shape, int window) implements Op {}

  /** (the shape's operands) to its first result; parts: its other results. */
  record Recurrence(RecurrenceShape shape) implements Op {}

  /**
   * (the shape's operands, its results, dy) to the gradient of the first operand; parts: those of
   * the others.
   */
  record RecurrenceGradient(RecurrenceShape shape) implements Op {}

  /** (logits [T, V]) to losses [T, 1] by the batch's targets; part 1: log-sum-exp [T, 1]. */
  record CrossEntropy() implements Op {}

  /** (logits, logSumExp) to scale * (softmax - onehot), scale given at run time. */
  record CrossEntropyGradient() implements Op {}
}
