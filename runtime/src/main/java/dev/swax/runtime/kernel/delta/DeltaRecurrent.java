package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixRecurrent;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A {@link DeltaShape} token by token. */
final class DeltaRecurrent extends MatrixRecurrent {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private final DeltaCall call;
  private final DeltaTiles[] tiles;

  DeltaRecurrent(Team team, DeltaCall call, DeltaTiles[] tiles) {
    super(team, call);
    this.call = call;
    this.tiles = tiles;
  }

  @Override
  protected void token(int worker, long at, float[] state) {
    DeltaTiles t = tiles[worker];
    t.grow(call.shape);
    int rows = call.shape.keyWidth();
    int width = call.shape.valueWidth();
    TileCopy.load(call.q, at * rows, 0, 1, rows, call.shape.scale(), t.q, 0, t.keyStride);
    TileCopy.load(call.k, at * rows, 0, 1, rows, 1f, t.k, 0, t.keyStride);
    TileCopy.load(call.v, at * width, 0, 1, width, call.write.get(at), t.w, 0, t.valueStride);
    known(t, state, call.erase.get(at));
    step(t, state, VectorMath.exp((float) call.logDecay(at)));
    TileCopy.store(t.y, 0, t.valueStride, 1, width, 1f, false, call.y, at * width, 0);
  }

  /** {@code w -= erase (k . S)}. */
  private void known(DeltaTiles t, float[] state, float erase) {
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      float key = -erase * t.k[r];
      int line = r * t.valueStride;
      for (int c = 0; c < t.valueStride; c += LANES) {
        FloatVector.fromArray(SPECIES, state, line + c)
            .mul(key)
            .add(FloatVector.fromArray(SPECIES, t.w, c))
            .intoArray(t.w, c);
      }
    }
  }

  /** {@code S = decay S + outer(k, w)}, {@code y = q . S}. */
  private void step(DeltaTiles t, float[] state, float decay) {
    Arrays.fill(t.y, 0, t.valueStride, 0);
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      float key = t.k[r];
      float query = t.q[r];
      int line = r * t.valueStride;
      for (int c = 0; c < t.valueStride; c += LANES) {
        FloatVector cell =
            FloatVector.fromArray(SPECIES, state, line + c)
                .mul(decay)
                .add(FloatVector.fromArray(SPECIES, t.w, c).mul(key));
        cell.intoArray(state, line + c);
        cell.mul(query).add(FloatVector.fromArray(SPECIES, t.y, c)).intoArray(t.y, c);
      }
    }
  }
}
