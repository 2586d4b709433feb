package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A {@link MemoryShape} token by token: a part is a head of a sequence. */
final class MemoryRecurrent implements Task {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private final Team team;
  private final MemoryCall call;
  private final MemoryTiles[] tiles;
  private final MemoryStates states = new MemoryStates();

  MemoryRecurrent(Team team, MemoryCall call, MemoryTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  void run() {
    states.grow(call.heads(), 1, call.shape);
    team.run(this, call.heads());
  }

  @Override
  public void run(int head) {
    Tensor state = Objects.requireNonNull(call.state);
    MemoryTiles t = tiles[team.worker()];
    t.grow(call.shape);
    states.load(state, head, 0, call.shape);
    double max = call.initialMax(head);
    for (int i = 0; i < call.time; i++) {
      long at = call.at(head, i);
      if (call.resetsBefore(head, i)) {
        int from = states.at(head, 0);
        Arrays.fill(states.values(head, 0), from, from + states.size(), 0);
        max = 0;
      }
      double next = ScalarMemory.nextMax(call.logInput, call.logForget, at, max);
      float keep = VectorMath.exp((float) (ScalarMemory.forget(call.logForget, at) + max - next));
      float write = VectorMath.exp((float) (ScalarMemory.gate(call.logInput, at) - next));
      max = next;
      loadToken(t, at);
      float sum = step(t, head, keep, write);
      finish(t, at, sum, (float) max);
    }
    states.store(state, head, 0, call.shape);
    Objects.requireNonNull(call.stateMax).set(head, (float) max);
  }

  private void loadToken(MemoryTiles t, long at) {
    int keyWidth = call.shape.keyWidth();
    int valueWidth = call.shape.valueWidth();
    TileCopy.load(call.q, at * keyWidth, 0, 1, keyWidth, call.shape.scale(), t.q, 0, t.keyStride);
    TileCopy.load(call.k, at * keyWidth, 0, 1, keyWidth, 1f, t.k, 0, t.keyStride);
    TileCopy.load(call.v, at * valueWidth, 0, 1, valueWidth, 1f, t.v, 0, t.valueStride);
    Arrays.fill(t.y, 0, t.valueStride, 0);
  }

  /** One step of the recurrence; leaves N in y and gives s. */
  private float step(MemoryTiles t, int head, float keep, float write) {
    float[] values = states.values(head, 0);
    int from = states.at(head, 0);
    int normalizer = states.normalizerAt(head, 0);
    float sum = 0;
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      float key = write * t.k[r];
      float query = t.q[r];
      int line = from + r * t.valueStride;
      for (int c = 0; c < t.valueStride; c += LANES) {
        FloatVector cell =
            FloatVector.fromArray(SPECIES, values, line + c)
                .mul(keep)
                .add(FloatVector.fromArray(SPECIES, t.v, c).mul(key));
        cell.intoArray(values, line + c);
        cell.mul(query).add(FloatVector.fromArray(SPECIES, t.y, c)).intoArray(t.y, c);
      }
      values[normalizer + r] = values[normalizer + r] * keep + key;
      sum += query * values[normalizer + r];
    }
    return sum;
  }

  private void finish(MemoryTiles t, long at, float sum, float max) {
    double kept = MemoryDivisor.of(call.shape.normalizer(), sum, VectorMath.exp(-max));
    float factor = (float) (1 / MemoryDivisor.magnitude(call.shape.normalizer(), kept));
    TileCopy.store(
        t.y,
        0,
        t.valueStride,
        1,
        call.shape.valueWidth(),
        factor,
        false,
        call.y,
        at * call.shape.valueWidth(),
        0);
    call.divisor.set(at, (float) kept);
    call.rowMax.set(at, max);
  }

  long bytes() {
    return states.bytes();
  }
}
