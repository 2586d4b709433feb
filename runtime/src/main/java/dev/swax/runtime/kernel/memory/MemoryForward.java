package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;
import dev.swax.runtime.tensor.Tensor;
import java.util.Objects;

/**
 * A {@link MemoryShape} by chunks (REFERENCE 1.5): the maxima by the recurrence, the states at the
 * borders ({@link MemoryIncrements}), then all chunks at once:
 *
 * <pre>
 * N_j = read_j qs_j C + sum_l weight_jl (qs_j . k_l) v_l;   s_j = read_j qs_j . n + sum_l ...
 * y_j = N_j / d_j
 * </pre>
 */
final class MemoryForward {
  private static final int STRIDE = MemoryTiles.STRIDE;

  private final Team team;
  private final MemoryCall call;
  private final MemoryTiles[] tiles;
  private final MemoryIncrements increments;
  private final Task maxima = this::maxima;
  private final Task outputs = this::outputs;
  private float[] lastMax = new float[0];

  MemoryForward(Team team, MemoryCall call, MemoryTiles[] tiles, MemoryIncrements increments) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.increments = increments;
  }

  void run() {
    if (lastMax.length < call.heads()) {
      lastMax = new float[call.heads()];
    }
    team.run(maxima, call.heads());
    increments.run();
    team.run(outputs, call.heads() * call.chunks());
    Tensor state = Objects.requireNonNull(call.state);
    Tensor stateMax = Objects.requireNonNull(call.stateMax);
    for (int head = 0; head < call.heads(); head++) {
      increments.states().store(state, head, call.chunks(), call.shape);
      stateMax.set(head, lastMax[head]);
    }
  }

  private void maxima(int head) {
    lastMax[head] = MemoryGates.maxima(call, head, call.rowMax);
  }

  private void outputs(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    MemoryTiles t = tiles[team.worker()];
    t.grow(call.shape);
    t.gates.load(call, head, chunk);
    int keyWidth = call.shape.keyWidth();
    int valueWidth = call.shape.valueWidth();
    int length = t.gates.length();
    long keys = call.at(head, t.gates.from()) * keyWidth;
    long values = call.at(head, t.gates.from()) * valueWidth;
    TileCopy.load(
        call.q, keys, call.keyStride(), length, keyWidth, call.shape.scale(), t.q, 0, t.keyStride);
    TileCopy.load(call.k, keys, call.keyStride(), length, keyWidth, 1f, t.k, 0, t.keyStride);
    TileCopy.load(
        call.v, values, call.valueStride(), length, valueWidth, 1f, t.v, 0, t.valueStride);
    TileCopy.transposePadded(t.k, t.keyStride, length, keyWidth, t.keyColumns, STRIDE);
    TileMath.scaleRows(t.q, t.gates.factors(), MemoryGates.READ, t.scaled, t.keyStride, length);
    TileTriangle.lower(t.q, t.keyStride, t.keyColumns, t.scores, STRIDE, length, keyWidth);
    weigh(t, length);
    TileProduct.multiply(
        t.scaled,
        0,
        t.keyStride,
        increments.states().values(head, chunk),
        increments.states().at(head, chunk),
        t.valueStride,
        t.y,
        0,
        t.valueStride,
        length,
        t.valueStride,
        keyWidth,
        false);
    TileTriangle.addLower(t.scores, STRIDE, t.v, t.y, t.valueStride, length);
    divide(t, head, chunk);
    TileCopy.store(
        t.y, 0, t.valueStride, length, valueWidth, 1f, false, call.y, values, call.valueStride());
  }

  /** Weighs the scores and keeps the sum of each row. */
  private static void weigh(MemoryTiles t, int length) {
    t.gates.weights(t.weights);
    for (int j = 0; j < length; j++) {
      int line = j * STRIDE;
      int end = line + TileTriangle.columns(j, length);
      TileMath.multiply(t.scores, t.weights, line, end);
      TileMath.sumVectors(t.scores, line, end, t.lanes, j * TileProduct.LANES);
    }
    TileMath.sumLanes(t.lanes, t.sums, length);
  }

  private void divide(MemoryTiles t, int head, int chunk) {
    int length = t.gates.length();
    if (call.normalized()) {
      int normalizer = increments.states().normalizerAt(head, chunk);
      float[] values = increments.states().values(head, chunk);
      for (int j = 0; j < length; j++) {
        t.sums[j] +=
            TileMath.dot(t.scaled, j * t.keyStride, values, normalizer, call.shape.keyWidth());
      }
    }
    for (int j = 0; j < length; j++) {
      float one = t.gates.factors()[MemoryGates.ONE + j];
      double kept = MemoryDivisor.of(call.shape.normalizer(), t.sums[j], one);
      t.sums[j] = (float) kept;
      t.factors[j] = (float) (1 / MemoryDivisor.magnitude(call.shape.normalizer(), kept));
    }
    long at = call.at(head, t.gates.from());
    TileCopy.scatter(t.sums, call.divisor, at, call.shape.heads(), length);
    TileMath.scaleRows(t.y, t.factors, 0, t.y, t.valueStride, length);
  }

  long bytes() {
    return 4L * lastMax.length;
  }
}
