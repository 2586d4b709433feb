package dev.swax.runtime.kernel.step;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A step of one head whose columns do not read each other, as the same step of several heads: each
 * has some of the columns of every value that lies along them, and all of the others. So parts of a
 * sequence are computed side by side, and what one works on stays in the caches.
 *
 * <p>What is summed over columns can only be a gradient of what lies across them. Each part has a
 * partial sum of it, and these are added up in the order of the parts.
 *
 * @param along names of the operands, parameters and states that are divided
 * @param columns of the whole step
 * @param pieces heads of the divided step
 */
record StepColumns(
    StepProgram step, StepProgram gradient, Set<String> along, int columns, int pieces) {
  /** Numbers of the largest value of a piece. */
  private static final int NUMBERS = 1024;

  /** Columns of a piece are a multiple of this: whole vectors on every machine. */
  private static final int UNIT = 16;

  /** The same step in pieces, if it can be divided into several. */
  static Optional<StepColumns> of(StepShape shape) {
    int columns = columns(shape);
    if (shape.heads() != 1 || columns % UNIT != 0) {
      return Optional.empty();
    }
    Set<String> along = new LinkedHashSet<>(shape.states());
    along.add(StepShape.RESULT);
    var step = new StepDivision(shape.step(), along, columns);
    var gradient = new StepDivision(shape.gradient(), along, columns);
    boolean found = true;
    while (found) {
      found = step.spread() | gradient.spread();
    }
    int pieces = pieces(columns, step.rows());
    if (pieces == 1 || !step.isPossible() || !gradient.isPossible()) {
      return Optional.empty();
    }
    var divided = gradient.divided(pieces);
    return Optional.of(new StepColumns(step.divided(pieces), divided, along, columns, pieces));
  }

  /** Columns of the states; a vector has as many as it has numbers. No columns if they differ. */
  private static int columns(StepShape shape) {
    Set<Integer> found = new LinkedHashSet<>();
    for (StepValue state : shape.step().values(StepValue.Kind.STATE)) {
      found.add(state.columns() == 1 ? state.size() : state.columns());
    }
    return found.size() == 1 ? found.iterator().next() : 1;
  }

  /** As few pieces as are small enough; all have the same columns. */
  private static int pieces(int columns, int rows) {
    int units = columns / UNIT;
    for (int pieces = 1; pieces < units; pieces++) {
      if (units % pieces == 0 && (long) columns / pieces * rows <= NUMBERS) {
        return pieces;
      }
    }
    return units;
  }
}
