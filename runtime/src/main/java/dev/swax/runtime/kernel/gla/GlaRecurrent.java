package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** A {@link GlaShape} token by token: a part is a head of a sequence. */
final class GlaRecurrent implements Task {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private final Team team;
  private final GlaCall call;
  private final GlaTiles[] tiles;

  GlaRecurrent(Team team, GlaCall call, GlaTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  void run() {
    team.run(this, call.heads());
  }

  @Override
  public void run(int head) {
    GlaTiles t = tiles[team.worker()];
    t.grow(call.shape);
    int rows = call.shape.keyWidth();
    int width = call.shape.valueWidth();
    int size = rows * t.valueStride;
    @Nullable Tensor carried = call.state;
    long from = (long) head * rows * width;
    if (carried == null) {
      Arrays.fill(t.state, 0, size, 0);
    } else {
      TileCopy.load(carried, from, width, rows, width, 1f, t.state, 0, t.valueStride);
    }
    for (int i = 0; i < call.time; i++) {
      long at = call.at(head, i);
      if (call.resetsBefore(head, i)) {
        Arrays.fill(t.state, 0, size, 0);
      }
      TileCopy.load(call.q, at * rows, 0, 1, rows, call.shape.scale(), t.q, 0, t.keyStride);
      TileCopy.load(call.k, at * rows, 0, 1, rows, 1f, t.k, 0, t.keyStride);
      TileCopy.load(call.logDecay, at * rows, 0, 1, rows, 1f, t.decay, 0, t.keyStride);
      TileCopy.load(call.v, at * width, 0, 1, width, 1f, t.v, 0, t.valueStride);
      TileMath.exponentiate(t.decay, 0, t.keyStride);
      step(t);
      TileCopy.store(t.y, 0, t.valueStride, 1, width, 1f, false, call.y, at * width, 0);
    }
    if (carried != null) {
      TileCopy.store(t.state, 0, t.valueStride, rows, width, 1f, false, carried, from, width);
    }
  }

  /** {@code S = diag(a) S + outer(k, v)}, {@code y = q . S}. */
  private void step(GlaTiles t) {
    Arrays.fill(t.y, 0, t.valueStride, 0);
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      float decay = t.decay[r];
      float key = t.k[r];
      float query = t.q[r];
      int line = r * t.valueStride;
      for (int c = 0; c < t.valueStride; c += LANES) {
        FloatVector cell =
            FloatVector.fromArray(SPECIES, t.state, line + c)
                .mul(decay)
                .add(FloatVector.fromArray(SPECIES, t.v, c).mul(key));
        cell.intoArray(t.state, line + c);
        cell.mul(query).add(FloatVector.fromArray(SPECIES, t.y, c)).intoArray(t.y, c);
      }
    }
  }
}
