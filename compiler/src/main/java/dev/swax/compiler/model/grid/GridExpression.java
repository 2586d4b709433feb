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

  /** One number of several; there is at least one. */
  record Fold(Aggregate aggregate, List<GridExpression> parts) implements GridExpression {
    public Fold {
      parts = List.copyOf(parts);
    }
  }

  /** 1 where the comparison holds for a seed, 0 where it does not. Only {@code rate} has it. */
  record Holds(GridExpression left, Relation relation, GridExpression right)
      implements GridExpression {}

  /** What the values of all seeds come to, with an interval of 95 %. */
  record OverSeeds(Statistic statistic, GridExpression value) implements GridExpression {}

  /** The mean over the examples of a task, each averaged over the seeds, with its interval. */
  record OverExamples(GridExpression value) implements GridExpression {}

  /** What is known of a value beside the value itself. */
  record Known(End end, GridExpression of) implements GridExpression {}

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

  /** How several numbers become one. */
  enum Aggregate {
    MEAN,
    SUM,
    MIN,
    MAX
  }

  /** What becomes of one value for each seed. */
  enum Statistic {
    /** The share of seeds at which a comparison holds, with Wilson's interval. */
    RATE,
    /** With the bootstrap interval of the median. */
    MEDIAN,
    /** The mean, with its bootstrap interval. */
    BOOTSTRAP,
    /** The mean of differences, with its bootstrap interval and the p value of exchanged signs. */
    DIFFERENCE
  }

  /** The ends of an interval, and the p value of a difference. */
  enum End {
    LOW,
    HIGH,
    P
  }

  /** How two values are compared. */
  enum Relation {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case AT_MOST -> left <= right;
        case GREATER -> left > right;
        case AT_LEAST -> left >= right;
      };
    }
  }

  /** {@code + - * /}. */
  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }
}
