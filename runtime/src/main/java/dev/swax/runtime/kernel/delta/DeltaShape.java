package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A memory of the delta-rule family, per head {@code S' = decay S - erase outer(k, k . S) + write
 * outer(k, v)}, {@code y = scale q . S'}; decay, erase and write are numbers. Members are DeltaNet
 * (Yang et al., 2024) and Gated DeltaNet (Yang et al., 2025), whose erase is {@code decay * beta}.
 *
 * @param heads H
 * @param keyWidth K, per head; q and k rows are [H * K]
 * @param valueWidth V, per head; v and y rows are [H * V]
 * @param scale multiplies q
 * @param decay whether log decay is given; otherwise the decay is 1
 */
public record DeltaShape(int heads, int keyWidth, int valueWidth, float scale, boolean decay)
    implements MatrixShape {
  private static final List<String> OPERANDS = List.of("q", "k", "v", "erase", "write");
  private static final List<String> WITH_DECAY =
      List.of("q", "k", "v", "erase", "write", "log_decay");

  @Override
  public String name() {
    return "delta";
  }

  @Override
  public List<String> operands() {
    return decay ? WITH_DECAY : OPERANDS;
  }

  @Override
  public int columns(String name) {
    return switch (name) {
      case "erase", "write", "log_decay" -> heads;
      default -> MatrixShape.super.columns(name);
    };
  }

  /** Decay, read at the key, gate, outer product and sum, read. */
  @Override
  public long stateOperations() {
    return (decay ? 8 : 7) * stateNumbers();
  }

  @Override
  public long workspace(int batch, int time) {
    return DeltaChunks.floats(this, batch, time) + DeltaBackward.floats(this, batch, time);
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarDelta();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorDelta(team);
  }
}
