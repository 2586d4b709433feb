package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.matrix.MatrixRecurrent;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A {@link GlaShape} token by token. */
final class GlaRecurrent extends MatrixRecurrent {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private final GlaCall call;
  private final BlockTiles[] tiles;

  GlaRecurrent(Team team, GlaCall call, BlockTiles[] tiles) {
    super(team, call);
    this.call = call;
    this.tiles = tiles;
  }

  @Override
  protected void token(int worker, long at, float[] state) {
    BlockTiles t = tiles[worker];
    t.grow(call.shape);
    int rows = call.shape.keyWidth();
    int width = call.shape.valueWidth();
    TileCopy.load(call.q, at * rows, 0, 1, rows, call.shape.scale(), t.q, 0, t.keyStride);
    TileCopy.load(call.k, at * rows, 0, 1, rows, 1f, t.k, 0, t.keyStride);
    TileCopy.load(call.logDecay, at * rows, 0, 1, rows, 1f, t.decay, 0, t.keyStride);
    TileCopy.load(call.v, at * width, 0, 1, width, 1f, t.v, 0, t.valueStride);
    TileMath.exponentiate(t.decay, 0, t.keyStride);
    step(t, state);
    TileCopy.store(t.y, 0, t.valueStride, 1, width, 1f, false, call.y, at * width, 0);
  }

  /** {@code S = diag(a) S + outer(k, v)}, {@code y = q . S}. */
  private void step(BlockTiles t, float[] state) {
    Arrays.fill(t.y, 0, t.valueStride, 0);
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      float decay = t.decay[r];
      float key = t.k[r];
      float query = t.q[r];
      int line = r * t.valueStride;
      for (int c = 0; c < t.valueStride; c += LANES) {
        FloatVector cell =
            FloatVector.fromArray(SPECIES, state, line + c)
                .mul(decay)
                .add(FloatVector.fromArray(SPECIES, t.v, c).mul(key));
        cell.intoArray(state, line + c);
        cell.mul(query).add(FloatVector.fromArray(SPECIES, t.y, c)).intoArray(t.y, c);
      }
    }
  }
}
