package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** Vector-decay memories by chunks, on all threads; same meaning as {@link ScalarGla}. */
final class VectorGla implements RecurrenceKernel {
  /** So few tokens are walked one by one. */
  private static final int FEW = 2;

  private final GlaCall call = new GlaCall();
  private final GlaTiles[] tiles;
  private final GlaStates states;
  private final GlaForward forward;
  private final GlaBackward backward;
  private final GlaRecurrent recurrent;

  VectorGla(Team team) {
    tiles = new GlaTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new GlaTiles());
    states = new GlaStates(team, call, tiles);
    forward = new GlaForward(team, call, tiles, states);
    backward = new GlaBackward(team, call, tiles, states);
    recurrent = new GlaRecurrent(team, call, tiles);
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
    long bytes = states.bytes() + backward.bytes();
    for (GlaTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
