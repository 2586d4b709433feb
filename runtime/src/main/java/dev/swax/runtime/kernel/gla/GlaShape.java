package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A memory of the vector-decay family, per head {@code S' = diag(a) S + outer(k, v)}, {@code y =
 * scale q . S'}. Members are gated linear attention (Yang et al., 2024) and HGRN-2 (Qin et al.,
 * 2024), whose key is {@code 1 - a}.
 *
 * @param heads H
 * @param keyWidth K, per head; q, k and log decay rows are [H * K]
 * @param valueWidth V, per head; v and y rows are [H * V]
 * @param scale multiplies q
 */
public record GlaShape(int heads, int keyWidth, int valueWidth, float scale)
    implements MatrixShape {
  private static final List<String> OPERANDS = List.of("q", "k", "v", "log_decay");

  @Override
  public String name() {
    return "gla";
  }

  @Override
  public List<String> operands() {
    return OPERANDS;
  }

  @Override
  public int columns(String name) {
    return name.equals("log_decay") ? heads * keyWidth : MatrixShape.super.columns(name);
  }

  /** Decay, outer product and sum, read. */
  @Override
  public long stateOperations() {
    return 5 * stateNumbers();
  }

  @Override
  public long workspace(int batch, int time) {
    return GlaStates.floats(this, batch, time) + GlaBackward.floats(this, batch, time);
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarGla();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorGla(team);
  }
}
