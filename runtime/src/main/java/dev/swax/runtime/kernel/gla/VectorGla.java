package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.matrix.VectorMatrix;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** Vector-decay memories by chunks, on all threads; same meaning as {@link ScalarGla}. */
final class VectorGla extends VectorMatrix {
  private final BlockTiles[] tiles;
  private final GlaStates states;
  private final GlaForward forward;
  private final GlaBackward backward;
  private final GlaRecurrent recurrent;

  VectorGla(Team team) {
    this(team, new GlaCall());
  }

  private VectorGla(Team team, GlaCall call) {
    super(call);
    tiles = new BlockTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new BlockTiles());
    states = new GlaStates(team, call, tiles);
    forward = new GlaForward(team, call, tiles, states);
    backward = new GlaBackward(team, call, tiles, states);
    recurrent = new GlaRecurrent(team, call, tiles);
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
    long bytes = states.bytes() + backward.bytes() + recurrent.bytes();
    for (BlockTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
