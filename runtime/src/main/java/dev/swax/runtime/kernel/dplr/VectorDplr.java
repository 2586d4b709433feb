package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.VectorMatrix;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** Memories of a diagonal plus rank one by blocks; same meaning as {@link ScalarDplr}. */
final class VectorDplr extends VectorMatrix {
  private final DplrTiles[] tiles;
  private final DplrForward forward;
  private final DplrStates states;
  private final DplrBackward backward;
  private final DplrRecurrent recurrent;

  VectorDplr(Team team) {
    this(team, new DplrCall());
  }

  private VectorDplr(Team team, DplrCall call) {
    super(call);
    tiles = new DplrTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new DplrTiles());
    forward = new DplrForward(team, call, tiles);
    states = new DplrStates(call);
    backward = new DplrBackward(team, call, tiles, states);
    recurrent = new DplrRecurrent(team, call, tiles);
  }

  @Override
  protected void byChunks() {
    forward.run();
  }

  @Override
  protected void byToken() {
    recurrent.run();
  }

  @Override
  protected void back() {
    backward.run();
  }

  @Override
  public long workspaceBytes() {
    long bytes = states.bytes() + recurrent.bytes();
    for (DplrTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
