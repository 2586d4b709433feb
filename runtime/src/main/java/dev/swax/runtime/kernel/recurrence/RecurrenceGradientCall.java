package dev.swax.runtime.kernel.recurrence;

import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the gradient of a recurrence.
 *
 * @param forward what the forward pass read and gave; its states are those before the first token
 * @param dy the gradient of the first result
 * @param gradients one for each operand, overwritten; those of parameters are added to, in an order
 *     that does not depend on the number of threads
 * @param dStates of the first states: the gradients of the last ones on entry, of the first ones on
 *     return; none: zero, and not wanted
 */
public record RecurrenceGradientCall(
    RecurrenceCall forward, Tensor dy, List<Tensor> gradients, List<Tensor> dStates) {

  /** The gradient of an operand that every shape of the family has. */
  public Tensor gradient(String operand) {
    return gradients.get(forward.shape().operands().indexOf(operand));
  }

  /** The gradient of an operand, or null if the shape does without. */
  public @Nullable Tensor gradientOrNull(String operand) {
    int at = forward.shape().operands().indexOf(operand);
    return at < 0 ? null : gradients.get(at);
  }

  /** The gradient of a state, or null if it is zero and not wanted. */
  public @Nullable Tensor dStateOrNull(String state) {
    return dStates.isEmpty() ? null : dStates.get(forward.shape().states().indexOf(state));
  }
}
