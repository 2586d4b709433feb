package dev.swax.compiler.interpret;

import java.util.List;
import java.util.OptionalDouble;

/** What a family of recurrences means, in double and token after token. */
interface RecurrenceMeaning {
  /** The results, in the order of the shape. */
  List<Matrix> forward(RecurrenceValues values);

  /**
   * The norm of the state of a head after the last token, as the cell declares it: the root of the
   * mean, over heads and sequences, of the sum of its squares. Nothing of a family that remembers
   * only the last tokens.
   */
  default OptionalDouble stateNorm(RecurrenceValues values) {
    return OptionalDouble.empty();
  }

  /** A gradient for each operand, in the order of the shape. */
  List<Matrix> gradient(RecurrenceValues values);
}
