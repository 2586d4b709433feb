package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import java.util.Arrays;

/**
 * A {@link GlaShape} by chunks: the states at the borders ({@link GlaStates}), then all chunks at
 * once, each block after block. With qs = scale q and S the state before the block:
 *
 * <pre>
 * y_j = (read_j qs_j) . S + sum over l <= j of P_jl v_l;   S = diag(keep) S + sum after_l k_l v_l
 * </pre>
 */
final class GlaForward {
  private final Team team;
  private final GlaCall call;
  private final BlockTiles[] tiles;
  private final GlaStates states;
  private final Task outputs = this::outputs;

  GlaForward(Team team, GlaCall call, BlockTiles[] tiles, GlaStates states) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.states = states;
  }

  void run() {
    states.run();
    team.run(outputs, call.heads() * call.chunks());
    call.storeAll(states.states(), call.chunks(), call.state);
  }

  private void outputs(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    BlockTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    TilePages all = states.states();
    System.arraycopy(all.values(head, chunk), all.at(head, chunk), t.state, 0, all.size());
    for (int block = 0; block < t.blocks(); block++) {
      t.select(call, head, block);
      t.loadKeys(call, head, call.q, call.shape.scale(), t.q);
      t.loadKeys(call, head, call.k, 1f, t.k);
      t.loadDecays(call, head, call.logDecay);
      t.loadValues(call, head, call.v, t.v);
      GlaPairs.scores(t);
      Arrays.fill(t.y, 0, t.length() * t.valueStride, 0);
      addLower(t);
      if (!t.reset()) {
        t.scale(t.q, t.read);
        t.addRead(t.state, 0, call.shape, t.y);
      }
      t.storeValues(call, head, t.y, call.y);
      if (block + 1 < t.blocks()) {
        t.scale(t.k, t.after);
        t.move(t.state, 0, t.v, call.shape, !t.reset());
      }
    }
  }

  /** {@code y += P v}. */
  private static void addLower(BlockTiles t) {
    TileProduct.multiply(
        t.scores,
        0,
        BlockTiles.BLOCK,
        t.v,
        0,
        t.valueStride,
        t.y,
        0,
        t.valueStride,
        t.length(),
        t.valueStride,
        t.length(),
        true);
  }
}
