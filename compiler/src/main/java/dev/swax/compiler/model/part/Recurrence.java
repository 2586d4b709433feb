package dev.swax.compiler.model.part;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How the state of a cell is updated and read, as the family that it was found to be of has it.
 *
 * @param operands by the names that the shape has for them
 * @param result the name under which later definitions and the output read its value
 * @param words what its family says of it, line by line
 */
public record Recurrence(
    RecurrenceShape shape,
    SequencedMap<String, PartExpression> operands,
    String result,
    List<String> words) {
  public Recurrence {
    operands = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(operands));
    words = List.copyOf(words);
    if (!List.copyOf(operands.keySet()).equals(shape.operands())) {
      throw new IllegalArgumentException(shape + " with " + operands.keySet());
    }
  }

  /** An operand that every shape of the family has. */
  public PartExpression operand(String name) {
    return Objects.requireNonNull(operands.get(name), name);
  }

  /** An operand, or null if the shape does without. */
  public @Nullable PartExpression operandOrNull(String name) {
    return operands.get(name);
  }
}
