package dev.swax.runtime.kernel.columns;

import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A memory whose columns decay, per head {@code S' = S diag(decay) + outer(k, v)}, {@code y = scale
 * q . S'}. Its state lies in memory column after column.
 *
 * @param heads H
 * @param keyWidth K, per head; q and k rows are [H * K]
 * @param valueWidth V, per head; v, y and log decay rows are [H * V]
 * @param scale multiplies q
 */
public record ColumnsShape(int heads, int keyWidth, int valueWidth, float scale)
    implements MatrixShape {
  private static final List<String> OPERANDS = List.of("q", "k", "v", "log_decay");

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public List<String> operands() {
    return OPERANDS;
  }

  @Override
  public int columns(String name) {
    return name.equals("log_decay") ? heads * valueWidth : MatrixShape.super.columns(name);
  }

  /** The memory whose rows decay, with keys for values. */
  GlaShape turned() {
    return new GlaShape(heads, valueWidth, keyWidth, scale);
  }

  /** Decay, outer product and sum, read. */
  @Override
  public long stateOperations() {
    return 5 * stateNumbers();
  }

  @Override
  public long workspace(int batch, int time) {
    return turned().workspace(batch, time) + ColumnsKernel.floats(this, batch, time);
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ColumnsKernel(turned().scalarKernel());
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new ColumnsKernel(turned().vectorKernel(team));
  }
}
