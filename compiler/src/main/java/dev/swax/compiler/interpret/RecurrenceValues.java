package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrence reads, by name.
 *
 * @param all the operands; for the gradient also the results and dy
 */
record RecurrenceValues(RecurrenceShape shape, List<Matrix> all, Bindings bindings) {
  /** An operand that every shape of the family has. */
  Matrix operand(String name) {
    return all.get(shape.operands().indexOf(name));
  }

  /** An operand, or null if the shape does without. */
  @Nullable Matrix operandOrNull(String name) {
    int at = shape.operands().indexOf(name);
    return at < 0 ? null : all.get(at);
  }

  /** The gradient of the first result. */
  Matrix dy() {
    return all.getLast();
  }

  /** Zeros, as large as an operand or a result. */
  Matrix zeros(String name) {
    int rows = shape.parameters().contains(name) ? shape.rows(name) : bindings.rows();
    return Matrix.zeros(rows, shape.columns(name));
  }
}
