package dev.swax.runtime.kernel.step;

import java.util.List;
import java.util.Locale;

/**
 * A value of a step.
 *
 * @param name of what comes from outside; of others a number
 * @param each whether each head has numbers of its own; otherwise they belong to all
 * @param size how many numbers, of one head or of all
 * @param columns of a parameter as it is stored, and of a state in each head; of others 0
 * @param constants of a constant: one for all heads, or one for each
 */
public record StepValue(
    Kind kind, String name, boolean each, int size, int columns, List<Double> constants) {
  /** Where a value comes from. */
  public enum Kind {
    /** Read for each token. */
    OPERAND,
    /** Learnt, the same for all tokens. */
    PARAMETER,
    /** Carried from token to token; in a gradient also what comes from the token after. */
    STATE,
    CONSTANT,
    /** The gradient of a parameter, summed up over tokens. */
    GRADIENT,
    /** Made by an instruction. */
    MADE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public StepValue {
    constants = List.copyOf(constants);
  }

  /** Numbers of all heads together. */
  public int length(int heads) {
    return each ? heads * size : size;
  }
}
