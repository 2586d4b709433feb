package dev.swax.compiler.interpret;

import java.util.List;

/** What a family of recurrences means, in double and token after token. */
interface RecurrenceMeaning {
  /** The results, in the order of the shape. */
  List<Matrix> forward(RecurrenceValues values);

  /** A gradient for each operand, in the order of the shape. */
  List<Matrix> gradient(RecurrenceValues values);
}
