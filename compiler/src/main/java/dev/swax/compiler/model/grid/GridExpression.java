package dev.swax.compiler.model.grid;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a row, for one column. */
public sealed interface GridExpression {

  record Constant(double value) implements GridExpression {}

  /** What is known of a model before it is trained. */
  record Fact(FactKind kind) implements GridExpression {}

  /**
   * What a trained model is measured by.
   *
   * @param metric one of the measure's, or null for its first
   */
  record Measured(GridMeasure measure, @Nullable String metric) implements GridExpression {}

  /** The value of another row, numbered from 0. */
  record OfRow(int row) implements GridExpression {}

  /** The value of a row in one column; both numbered from 0. Only expectations have it. */
  record At(int row, int column) implements GridExpression {}

  /** The mean of other rows. */
  record Mean(List<Integer> rows) implements GridExpression {
    public Mean {
      rows = List.copyOf(rows);
    }
  }

  record Negated(GridExpression operand) implements GridExpression {}

  record Arithmetic(Operator operator, GridExpression left, GridExpression right)
      implements GridExpression {}

  /** Nothing here measures it: only the reference has values. */
  record Unmeasured() implements GridExpression {}

  /** A cost that the architecture decides. */
  enum FactKind {
    PARAMETERS,
    FLOPS_PER_TOKEN,
    STATE_BYTES,
    RECEPTIVE_FIELD
  }

  /** {@code + - * /}. */
  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }
}
