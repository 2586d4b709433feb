package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;

/**
 * A {@link DplrShape} by blocks; a part is a head. With S the state before the block and P what
 * reads have of writes ({@link DplrPairs}):
 *
 * <pre>
 * z_j = (before_j w_j) . S + sum over l < j of P_wk v_l + P_wu z_l        by substitution
 * y_j = (read_j qs_j) . S + sum over l <= j of P_qk v_l + P_qu z_l
 * S'  = diag(keep) S + sum over l of outer(after_l k_l, v_l) + outer(after_l u_l, z_l)
 * </pre>
 */
final class DplrForward implements Task {
  private final Team team;
  private final DplrCall call;
  private final DplrTiles[] tiles;

  DplrForward(Team team, DplrCall call, DplrTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  void run() {
    team.run(this, call.heads());
  }

  @Override
  public void run(int head) {
    DplrTiles t = tiles[team.worker()];
    t.grow(call.shape);
    call.load(call.state, head, t.state, 0);
    for (int chunk = 0; chunk < call.chunks(); chunk++) {
      t.begin(call, head, chunk);
      for (int block = 0; block < t.blocks(); block++) {
        t.select(call, head, block);
        t.load(call, head, true);
        read(t, call, true);
        outputs(t);
        t.storeValues(call, head, t.given, t.length(), call.y);
        t.write(t.state, call.shape);
      }
    }
    if (call.state != null) {
      call.store(t.state, 0, call.state, head);
    }
  }

  /** Leaves z among the values, and what queries read of the state where they are loaded. */
  static void read(DplrTiles t, DplrCall call, boolean queries) {
    int length = t.length();
    int stride = t.valueStride;
    int z = length * stride;
    DplrPairs.find(t, queries);
    t.scaleReads(queries);
    t.readState(t.state, call.shape, queries ? 2 * length : length);
    System.arraycopy(t.given, 0, t.values, z, z);
    int pairs = DplrTiles.PAIRS;
    TileProduct.multiply(
        t.pairs, 0, pairs, t.values, 0, stride, t.values, z, stride, length, stride, length, true);
    TileTriangle.solve(t.pairs, length, pairs, t.values, z, stride, length);
  }

  private static void outputs(DplrTiles t) {
    int length = t.length();
    int stride = t.valueStride;
    TileProduct.multiply(
        t.pairs,
        length * DplrTiles.PAIRS,
        DplrTiles.PAIRS,
        t.values,
        0,
        stride,
        t.given,
        length * stride,
        stride,
        length,
        stride,
        2 * length,
        true);
  }
}
