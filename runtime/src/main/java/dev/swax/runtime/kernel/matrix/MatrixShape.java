package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.List;

/**
 * A memory of one matrix [K, V] for each head, read once a token, {@code y = scale q . S'}. Rows of
 * q and k are [H * K], of v and y [H * V].
 */
public interface MatrixShape extends RecurrenceShape {
  /** The value. */
  List<String> RESULTS = List.of("y");

  /** The matrices. */
  List<String> STATES = List.of("state");

  /** H. */
  int heads();

  /** K, per head. */
  int keyWidth();

  /** V, per head. */
  int valueWidth();

  /** Multiplies q. */
  float scale();

  @Override
  default List<String> results() {
    return RESULTS;
  }

  @Override
  default List<String> states() {
    return STATES;
  }

  @Override
  default int columns(String name) {
    return switch (name) {
      case "q", "k" -> heads() * keyWidth();
      case "v", "y" -> heads() * valueWidth();
      case "state" -> heads() * keyWidth() * valueWidth();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  default int stateRows() {
    return keyWidth();
  }

  @Override
  default int stateColumns() {
    return valueWidth();
  }

  @Override
  default long stateNumbers() {
    return (long) heads() * keyWidth() * valueWidth();
  }
}
