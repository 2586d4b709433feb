package dev.swax.compiler.model.cell;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The class of a cell's state update: it decides how the cell is trained. */
public sealed interface Recurrence {
  /**
   * A recurrence of a family that has kernels.
   *
   * @param operands by the names that the shape has for them
   * @param result the name under which later definitions and the output read its value
   * @param words what its family says of it, line by line
   */
  record Trained(
      RecurrenceShape shape,
      SequencedMap<String, CellExpression> operands,
      String result,
      List<String> words)
      implements Recurrence {
    public Trained {
      operands = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(operands));
      words = List.copyOf(words);
      if (!List.copyOf(operands.keySet()).equals(shape.operands())) {
        throw new IllegalArgumentException(shape + " with " + operands.keySet());
      }
    }

    /** An operand that every shape of the family has. */
    public CellExpression operand(String name) {
      return Objects.requireNonNull(operands.get(name), name);
    }

    /** An operand, or null if the shape does without. */
    public @Nullable CellExpression operandOrNull(String name) {
      return operands.get(name);
    }
  }
}
