package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.MatrixRecurrent;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A {@link DplrShape} token by token. */
final class DplrRecurrent extends MatrixRecurrent {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private final DplrCall call;
  private final DplrTiles[] tiles;

  DplrRecurrent(Team team, DplrCall call, DplrTiles[] tiles) {
    super(team, call);
    this.call = call;
    this.tiles = tiles;
  }

  @Override
  protected void token(int worker, long at, float[] state) {
    DplrTiles t = tiles[worker];
    t.grow(call.shape);
    int width = call.shape.valueWidth();
    load(call.q, at, call.shape.scale(), t.q);
    load(call.k, at, 1f, t.k);
    load(call.u, at, 1f, t.u);
    load(call.w, at, 1f, t.w);
    load(call.logDecay, at, 1f, t.decay);
    TileMath.exponentiate(t.decay, 0, t.keyStride);
    TileCopy.load(call.v, at * width, 0, 1, width, 1f, t.v, 0, t.valueStride);
    readWithW(t, state);
    step(t, state);
    TileCopy.store(t.y, 0, t.valueStride, 1, width, 1f, false, call.y, at * width, 0);
  }

  private void load(Tensor x, long at, float scale, float[] to) {
    int rows = call.shape.keyWidth();
    TileCopy.load(x, at * rows, 0, 1, rows, scale, to, 0, to.length);
  }

  /** {@code z = w . S}, into t.dy. */
  private void readWithW(DplrTiles t, float[] state) {
    Arrays.fill(t.dy, 0, t.valueStride, 0);
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      TileMath.addScaled(state, r * t.valueStride, t.w[r], t.dy, 0, t.valueStride);
    }
  }

  /** {@code S = diag(a) S + outer(u, z) + outer(k, v)}, {@code y = q . S}. */
  private void step(DplrTiles t, float[] state) {
    Arrays.fill(t.y, 0, t.valueStride, 0);
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      row(t, state, r * t.valueStride, r);
    }
  }

  private static void row(DplrTiles t, float[] state, int line, int r) {
    float decay = t.decay[r];
    float u = t.u[r];
    float key = t.k[r];
    float query = t.q[r];
    for (int c = 0; c < t.valueStride; c += LANES) {
      FloatVector cell =
          FloatVector.fromArray(SPECIES, state, line + c)
              .mul(decay)
              .add(FloatVector.fromArray(SPECIES, t.dy, c).mul(u))
              .add(FloatVector.fromArray(SPECIES, t.v, c).mul(key));
      cell.intoArray(state, line + c);
      cell.mul(query).add(FloatVector.fromArray(SPECIES, t.y, c)).intoArray(t.y, c);
    }
  }
}
