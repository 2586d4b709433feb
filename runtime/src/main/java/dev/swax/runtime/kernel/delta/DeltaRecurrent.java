package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** A {@link DeltaShape} token by token: a part is a head of a sequence. */
final class DeltaRecurrent implements Task {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private final Team team;
  private final DeltaCall call;
  private final DeltaTiles[] tiles;
  private float[][] states = {};

  DeltaRecurrent(Team team, DeltaCall call, DeltaTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  void run() {
    if (states.length < team.threads()) {
      states = new float[team.threads()][0];
    }
    team.run(this, call.heads());
  }

  @Override
  public void run(int head) {
    DeltaTiles t = tiles[team.worker()];
    t.grow(call.shape);
    int rows = call.shape.keyWidth();
    int width = call.shape.valueWidth();
    int size = rows * t.valueStride;
    if (states[team.worker()].length < size) {
      states[team.worker()] = new float[size];
    }
    float[] state = states[team.worker()];
    @Nullable Tensor carried = call.state;
    long from = (long) head * rows * width;
    if (carried == null) {
      Arrays.fill(state, 0, size, 0);
    } else {
      TileCopy.load(carried, from, width, rows, width, 1f, state, 0, t.valueStride);
    }
    for (int i = 0; i < call.time; i++) {
      long at = call.at(head, i);
      if (call.resetsBefore(head, i)) {
        Arrays.fill(state, 0, size, 0);
      }
      TileCopy.load(call.q, at * rows, 0, 1, rows, call.shape.scale(), t.q, 0, t.keyStride);
      TileCopy.load(call.k, at * rows, 0, 1, rows, 1f, t.k, 0, t.keyStride);
      TileCopy.load(call.v, at * width, 0, 1, width, call.write.get(at), t.w, 0, t.valueStride);
      known(t, state, call.erase.get(at));
      step(t, state, VectorMath.exp((float) call.logDecay(at)));
      TileCopy.store(t.y, 0, t.valueStride, 1, width, 1f, false, call.y, at * width, 0);
    }
    if (carried != null) {
      TileCopy.store(state, 0, t.valueStride, rows, width, 1f, false, carried, from, width);
    }
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

  long bytes() {
    long bytes = 0;
    for (float[] each : states) {
      bytes += 4L * each.length;
    }
    return bytes;
  }
}
