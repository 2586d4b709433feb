package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** Delta-rule memories by chunks, on all threads; same meaning as {@link ScalarDelta}. */
final class VectorDelta implements RecurrenceKernel {
  /** So few tokens are walked one by one. */
  private static final int FEW = 2;

  private final DeltaCall call = new DeltaCall();
  private final DeltaTiles[] tiles;
  private final DeltaChunks chunks;
  private final DeltaForward forward;
  private final DeltaBackward backward;
  private final DeltaRecurrent recurrent;

  VectorDelta(Team team) {
    tiles = new DeltaTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new DeltaTiles());
    chunks = new DeltaChunks(team, call, tiles);
    forward = new DeltaForward(team, call, tiles, chunks);
    backward = new DeltaBackward(team, call, tiles, chunks);
    recurrent = new DeltaRecurrent(team, call, tiles);
  }

  @Override
  public void forward(RecurrenceCall of) {
    call.bind(of);
    if (call.time <= FEW) {
      recurrent.run();
    } else {
      forward.run();
    }
  }

  @Override
  public void byToken(RecurrenceCall of) {
    call.bind(of);
    recurrent.run();
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    call.bind(of);
    backward.run();
  }

  @Override
  public long workspaceBytes() {
    long bytes = chunks.bytes() + backward.bytes() + recurrent.bytes();
    for (DeltaTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
