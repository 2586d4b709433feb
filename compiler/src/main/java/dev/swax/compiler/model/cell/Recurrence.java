package dev.swax.compiler.model.cell;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.MemoryShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class of a cell's state update: it decides how the cell is trained. */
public sealed interface Recurrence {
  /**
   * {@code S' = f S + i outer(k, v)} with f and i scalars per head; {@code y = scale q . S' /
   * normalizer}. Gates are given by their logarithms, null for 1. {@code result} is the name under
   * which later definitions and the output read y.
   */
  record ScalarDecay(
      MemoryShape shape,
      CellExpression query,
      CellExpression key,
      CellExpression value,
      @Nullable CellExpression logInput,
      @Nullable CellExpression logForget,
      String result)
      implements Recurrence {}

  /**
   * A recurrence that is understood well enough to be described and counted, and that no kernel
   * computes yet.
   *
   * @param expressions all that its updates and its output are made of, the states left out; what
   *     has weights is among them
   * @param operations of one token in its states, all heads together
   * @param place of the term that is the reason
   * @param reason as the message about that term says it
   */
  record Untrained(
      List<State> states,
      List<CellExpression> expressions,
      long operations,
      Span place,
      String reason)
      implements Recurrence {
    public Untrained {
      states = List.copyOf(states);
      expressions = List.copyOf(expressions);
    }

    /**
     * {@code rows * columns} numbers in each head.
     *
     * @param update as it is written
     */
    public record State(String name, int rows, int columns, String update) {}

    /** Numbers in each head, of all states. */
    public long size() {
      return states.stream().mapToLong(state -> (long) state.rows() * state.columns()).sum();
    }
  }
}
