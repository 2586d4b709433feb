package dev.swax.runtime.kernel.recurrence;

import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a recurrence, in the order of the names of its shape.
 *
 * @param operands each [batch * time, columns], parameters [rows, columns]
 * @param results each [batch * time, columns], overwritten
 * @param states each [batch, columns], overwritten; none: the empty states, not wanted afterwards
 * @param resets where true, the states are emptied before that row's token; null: nowhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecurrenceCall(
    RecurrenceShape shape,
    List<Tensor> operands,
    List<Tensor> results,
    List<Tensor> states,
    int batch,
    int time,
    boolean @Nullable [] resets) {

  /** An operand that every shape of the family has. */
  public Tensor operand(String name) {
    return operands.get(shape.operands().indexOf(name));
  }

  /** An operand, or null if the shape does without. */
  public @Nullable Tensor operandOrNull(String name) {
    int at = shape.operands().indexOf(name);
    return at < 0 ? null : operands.get(at);
  }

  /** A result. */
  public Tensor result(String name) {
    return results.get(shape.results().indexOf(name));
  }

  /** A state, or null for the empty one. */
  public @Nullable Tensor stateOrNull(String name) {
    return states.isEmpty() ? null : states.get(shape.states().indexOf(name));
  }
}
