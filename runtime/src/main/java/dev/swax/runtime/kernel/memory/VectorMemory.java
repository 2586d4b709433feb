package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** Memories by chunks, on all threads; same meaning as {@link ScalarMemory}. */
public final class VectorMemory implements RecurrenceKernel {
  /** So few tokens are walked one by one. */
  private static final int FEW = 2;

  private final MemoryCall call = new MemoryCall();
  private final MemoryTiles[] tiles;
  private final MemoryIncrements increments;
  private final MemoryForward forward;
  private final MemoryBackward backward;
  private final MemoryRecurrent recurrent;

  public VectorMemory(Team team) {
    tiles = new MemoryTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new MemoryTiles());
    increments = new MemoryIncrements(team, call, tiles);
    forward = new MemoryForward(team, call, tiles, increments);
    backward = new MemoryBackward(team, call, tiles, increments);
    recurrent = new MemoryRecurrent(team, call, tiles);
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
    long bytes = increments.bytes() + forward.bytes() + backward.bytes() + recurrent.bytes();
    for (MemoryTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
