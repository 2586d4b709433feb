package dev.swax.compiler.model.cell;

import dev.swax.runtime.kernel.MemoryShape;
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
}
