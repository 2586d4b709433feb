package dev.swax.compiler.ir;

import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.List;

/**
 * What a node computes. Only attributes live here; operands live in {@link Node}. A heavy op with
 * several results is followed by a {@link Part} for each result after the first.
 */
public sealed interface Op {
  /** A value that exists before anything runs. */
  sealed interface Leaf extends Op {}

  /** Elementwise work, and sums within or over rows: fused into row kernels. */
  sealed interface Light extends Op {}

  /** Read where it is used; never written to memory by itself. */
  sealed interface Spread extends Light {}

  /** What has a kernel of its own. */
  sealed interface Heavy extends Op {}

  /** A value that comes from outside the graph, by name: `x`, `dy`. */
  record Input(String name, TensorType type) implements Leaf {}

  /** A trained tensor of this block, by its name in the block: `memory.q`. */
  record Parameter(String name, TensorType type) implements Leaf {}

  record Constant(double value) implements Leaf {}

  /** A row [1, C] of fixed values: one a head, the same at every token. */
  record ConstantRow(List<Double> values) implements Leaf {
    public ConstantRow {
      values = List.copyOf(values);
    }
  }

  /** Result {@code index} (from 1) of the op that is the operand. */
  record Part(int index) implements Op {}

  // Elementwise; a [1, 1] operand is spread over the other.

  record Unary(UnaryFunction function) implements Light {}

  record Binary(BinaryFunction function) implements Light {}

  // Spreading and summing

  /** [1, C] over all tokens and as many groups of columns: [T, groups * C]. */
  record SpreadRow(int groups) implements Spread {
    public SpreadRow() {
      this(1);
    }
  }

  /** Each of G columns over its group: [T, G] to [T, columns]. */
  record SpreadGroups(int columns) implements Spread {}

  /** Sums each of {@code groups} equal groups of columns: [T, C] to [T, groups]. */
  record SumGroups(int groups) implements Light {}

  /** Sums over the tokens and over as many groups of columns: [T, groups * C] to [1, C]. */
  record SumRows(int groups) implements Light {
    public SumRows() {
      this(1);
    }
  }

  // Heavy ops, one kernel each

  /**
   * {@code a b}, {@code a bᵀ} or {@code aᵀ b}. Of several {@code blocks}, each is a product of its
   * own: that many equal groups of columns of what is per token, of rows of what is not.
   */
  record MatMul(boolean transposeLeft, boolean transposeRight, int blocks) implements Heavy {
    public MatMul(boolean transposeLeft, boolean transposeRight) {
      this(transposeLeft, transposeRight, 1);
    }
  }

  /** Each of {@code groups} groups of columns {@code times} times: [T, C] to [T, times * C]. */
  record Repeat(int groups, int times) implements Heavy {}

  /** What {@link Repeat} repeats, summed: [T, times * C] to [T, C]. */
  record SumRepeats(int groups, int times) implements Heavy {}

  /** Softmax of each of {@code groups} equal groups of columns. */
  record Softmax(int groups) implements Heavy {}

  /** Choosing experts, and what is done for the rows that go to them. */
  record Experts(ExpertOp op) implements Heavy {}

  /**
   * Each group of a, then that of b: ([T, groups * A], [T, groups * B]) to [T, groups * (A + B)].
   */
  record Concat(int groups) implements Heavy {}

  /**
   * Columns {@code from} up to {@code to} of each group: [T, groups * C] to [T, groups * (to -
   * from)].
   */
  record Slice(int groups, int from, int to) implements Heavy {}

  /** (c, a, b) to {@code c + a b} or {@code c + a bᵀ}, in place of c, which nothing else uses. */
  record MatMulAdd(boolean transposeRight) implements Heavy {}

  /** What tells for each token which row of a table is its own. */
  enum Index {
    /** The token itself; a row of a meta token has none. */
    TOKEN,
    /** How many tokens of its document stand before it, from 0 again after the last row. */
    POSITION,
    /** Which meta token a row is; a row of text has none. */
    META
  }

  /** (table [V, D]) to [T, D]; zeros where a row has no index. */
  record Embedding(Index index) implements Heavy {
    public Embedding() {
      this(Index.TOKEN);
    }
  }

  /** (dy [T, D]) to [rows, D]. */
  record EmbeddingGradient(int rows, Index index) implements Heavy {
    public EmbeddingGradient(int rows) {
      this(rows, Index.TOKEN);
    }
  }

  /** Rotary positions on (x [T, heads * headWidth]); turned back, times the same, if inverse. */
  record Rope(int heads, Rotation rotation, boolean inverse) implements Heavy {}

  /**
   * (q, k, v, and the sinks [1, heads] where the shape has them, a parameter) to y [T, heads *
   * valueWidth]; part 1: log-sum-exp [T, heads]. {@code window} is an index into the model's
   * windows, or -1 for full attention.
   */
  record Attention(AttentionShape shape, int window) implements Heavy {}

  /** (the operands of attention, y, logSumExp, dy) to dq; parts: dk, dv and dSinks. */
  record AttentionGradient(AttentionShape shape, int window) implements Heavy {}

  /**
   * (the shape's operands) to its first result; parts: its other results. Parameters are leaves.
   */
  record Recurrence(RecurrenceShape shape) implements Heavy {}

  /**
   * (the shape's operands, its results, dy) to the gradient of the first operand; parts: those of
   * the others.
   */
  record RecurrenceGradient(RecurrenceShape shape) implements Heavy {}

  /** (logits [T, V]) to losses [T, 1] by the batch's targets; part 1: log-sum-exp [T, 1]. */
  record CrossEntropy() implements Heavy {}

  /** (logits, logSumExp) to scale * (softmax - onehot), scale given at run time. */
  record CrossEntropyGradient() implements Heavy {}
}
