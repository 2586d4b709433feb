package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A memory that moves by a diagonal plus a matrix of rank one, per head {@code S' = diag(a) S +
 * outer(u, w . S) + outer(k, v)}, {@code y = scale q . S'}. Members are Kimi's KDA, with {@code u =
 * -beta k} and {@code w = a * k}, RWKV-7, whose u and k differ, and the delta rule with two keys.
 *
 * @param heads H
 * @param keyWidth K, per head; q, k, u, w and log decay rows are [H * K]
 * @param valueWidth V, per head; v and y rows are [H * V]
 * @param scale multiplies q
 */
public record DplrShape(int heads, int keyWidth, int valueWidth, float scale)
    implements MatrixShape {
  private static final List<String> OPERANDS = List.of("q", "k", "v", "u", "w", "log_decay");

  @Override
  public String name() {
    return "dplr";
  }

  @Override
  public List<String> operands() {
    return OPERANDS;
  }

  @Override
  public int columns(String name) {
    return switch (name) {
      case "u", "w", "log_decay" -> heads * keyWidth;
      default -> MatrixShape.super.columns(name);
    };
  }

  /** Decay, read with w, two outer products and sums, read. */
  @Override
  public long stateOperations() {
    return 9 * stateNumbers();
  }

  /** States at the borders of chunks, and what tokens read with w. */
  @Override
  public long workspace(int batch, int time) {
    long states = (long) MatrixCall.chunks(time) * MatrixCall.stateTile(this);
    return (long) batch * heads * (states + DplrStates.readFloats(this, time));
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarDplr();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorDplr(team);
  }
}
