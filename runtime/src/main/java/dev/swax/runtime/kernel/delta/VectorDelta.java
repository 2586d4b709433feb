package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.VectorMatrix;
import dev.swax.runtime.kernel.team.Team;
import java.util.Arrays;

/** Delta-rule memories by chunks, on all threads; same meaning as {@link ScalarDelta}. */
final class VectorDelta extends VectorMatrix {
  private final DeltaTiles[] tiles;
  private final DeltaChunks chunks;
  private final DeltaForward forward;
  private final DeltaBackward backward;
  private final DeltaRecurrent recurrent;

  VectorDelta(Team team) {
    this(team, new DeltaCall());
  }

  private VectorDelta(Team team, DeltaCall call) {
    super(call);
    tiles = new DeltaTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new DeltaTiles());
    chunks = new DeltaChunks(team, call, tiles);
    forward = new DeltaForward(team, call, tiles, chunks);
    backward = new DeltaBackward(team, call, tiles, chunks);
    recurrent = new DeltaRecurrent(team, call, tiles);
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
    long bytes = chunks.bytes() + backward.bytes() + recurrent.bytes();
    for (DeltaTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
