package dev.swax.compiler.model.grid;

import java.util.List;

/** What the value of a row is made of. */
public final class GridParts {
  private GridParts() {}

  /** The values within it, in order; those of rows that it calls are not among them. */
  public static List<GridExpression> of(GridExpression value) {
    return switch (value) {
      case GridExpression.Constant _,
          GridExpression.Fact _,
          GridExpression.Measured _,
          GridExpression.OfRow _,
          GridExpression.At _,
          GridExpression.Unmeasured _ ->
          List.of();
      case GridExpression.Fold(var _, List<GridExpression> parts) -> parts;
      case GridExpression.OverSeeds(var _, GridExpression of) -> List.of(of);
      case GridExpression.OverExamples(GridExpression of) -> List.of(of);
      case GridExpression.Known(var _, GridExpression of) -> List.of(of);
      case GridExpression.Negated(GridExpression operand) -> List.of(operand);
      case GridExpression.Holds(GridExpression left, var _, GridExpression right) ->
          List.of(left, right);
      case GridExpression.Arithmetic(var _, GridExpression left, GridExpression right) ->
          List.of(left, right);
    };
  }
}
