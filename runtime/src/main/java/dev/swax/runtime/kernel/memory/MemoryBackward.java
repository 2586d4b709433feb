package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient of {@link MemoryForward} (REFERENCE 1.6). With {@code G_j = dy_j / d_j} and {@code
 * ds_j} the gradient of the sum s_j (the column of ones), every m constant, and dC the gradient of
 * the state after the chunk:
 *
 * <pre>
 * A_jl = weight_jl (qs_j . k_l);   R_jl = weight_jl (G_j . v_l + ds_j)
 * dqs_j = read_j (C G_j + n ds_j) + sum_l R_jl k_l
 * dk_l  = write_l (dC v_l + dn)   + sum_j R_jl qs_j
 * dv_l  = write_l dCᵀ k_l         + sum_j A_jl G_j
 * dC_before = keep dC + sum_j read_j outer(qs_j, G_j)
 * </pre>
 */
final class MemoryBackward {
  private static final int STRIDE = MemoryTiles.STRIDE;

  private final Team team;
  private final MemoryCall call;
  private final MemoryTiles[] tiles;
  private final MemoryIncrements increments;
  private final MemoryStates slopes = new MemoryStates();
  private final Task add = this::add;
  private final Task carry = this::carry;
  private final Task gradients = this::gradients;

  MemoryBackward(Team team, MemoryCall call, MemoryTiles[] tiles, MemoryIncrements increments) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.increments = increments;
  }

  void run() {
    increments.run();
    slopes.grow(call.heads(), call.chunks() + 1, call.shape);
    team.run(add, call.heads() * call.chunks());
    team.run(carry, call.heads() * slopes.pieces());
    team.run(gradients, call.heads() * call.chunks());
    Tensor dState = call.dState;
    if (dState != null) {
      for (int head = 0; head < call.heads(); head++) {
        slopes.store(dState, head, 0, call.shape);
      }
    }
  }

  /** What a chunk adds to the gradient of the state before it. */
  private void add(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    MemoryTiles t = tiles[team.worker()];
    t.grow(call.shape);
    t.gates.load(call, head, chunk);
    if (chunk == call.chunks() - 1) {
      slopes.load(call.dState, head, chunk + 1, call.shape);
    }
    int length = t.gates.length();
    loadQueries(t, head);
    loadSlopes(t, head);
    TileMath.scaleRows(t.q, t.gates.factors(), MemoryGates.READ, t.scaled, t.keyStride, length);
    int width = call.shape.keyWidth();
    TileProduct.multiplyTransposed(
        t.scaled,
        0,
        t.keyStride,
        t.dy,
        0,
        t.valueStride,
        slopes.values(head, chunk),
        slopes.at(head, chunk),
        t.valueStride,
        width,
        t.valueStride,
        length,
        false);
    if (call.normalized()) {
      TileMath.sumRows(
          t.scaled,
          t.sums,
          0,
          slopes.values(head, chunk),
          slopes.normalizerAt(head, chunk),
          t.keyStride,
          length);
    }
  }

  private void carry(int part) {
    slopes.carryBack(part / slopes.pieces(), part % slopes.pieces(), increments.keeps());
  }

  private void loadQueries(MemoryTiles t, int head) {
    int width = call.shape.keyWidth();
    TileCopy.load(
        call.q,
        call.at(head, t.gates.from()) * width,
        call.keyStride(),
        t.gates.length(),
        width,
        call.shape.scale(),
        t.q,
        0,
        t.keyStride);
  }

  /** G into dy, ds into sums. */
  private void loadSlopes(MemoryTiles t, int head) {
    int width = call.shape.valueWidth();
    long at = call.at(head, t.gates.from());
    int length = t.gates.length();
    TileCopy.load(
        call.dy, at * width, call.valueStride(), length, width, 1f, t.dy, 0, t.valueStride);
    Arrays.fill(t.sums, 0, length, 0);
    if (call.normalized()) {
      TileCopy.load(
          call.y, at * width, call.valueStride(), length, width, 1f, t.y, 0, t.valueStride);
      for (int j = 0; j < length; j++) {
        int line = j * t.valueStride;
        t.sums[j] = -TileMath.dot(t.dy, line, t.y, line, width);
      }
    }
    TileCopy.gather(call.divisor, at, call.shape.heads(), t.factors, length);
    for (int j = 0; j < length; j++) {
      float kept = t.factors[j];
      float one = t.gates.factors()[MemoryGates.ONE + j];
      t.sums[j] *= (float) MemoryDivisor.slope(call.shape.normalizer(), kept, one);
      t.factors[j] = (float) (1 / MemoryDivisor.magnitude(call.shape.normalizer(), kept));
    }
    TileMath.scaleRows(t.dy, t.factors, 0, t.dy, t.valueStride, length);
  }

  private void gradients(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    MemoryTiles t = tiles[team.worker()];
    t.grow(call.shape);
    t.gates.load(call, head, chunk);
    loadQueries(t, head);
    loadSlopes(t, head);
    loadKeys(t, head);
    int length = t.gates.length();
    TileTriangle.lower(
        t.q, t.keyStride, t.keyColumns, t.scores, STRIDE, length, call.shape.keyWidth());
    TileTriangle.lower(
        t.dy, t.valueStride, t.valueColumns, t.slopes, STRIDE, length, call.shape.valueWidth());
    t.gates.weights(t.weights);
    for (int j = 0; j < length; j++) {
      int line = j * STRIDE;
      int end = line + TileTriangle.columns(j, length);
      TileMath.multiply(t.scores, t.weights, line, end);
      TileMath.addAndMultiply(t.slopes, t.sums[j], t.weights, line, end);
    }
    queryGradient(t, head, chunk);
    valueGradient(t, head, chunk);
    double written = keyGradient(t, head, chunk);
    gateGradients(t, head, chunk, written);
  }

  private void loadKeys(MemoryTiles t, int head) {
    int keyWidth = call.shape.keyWidth();
    int valueWidth = call.shape.valueWidth();
    long at = call.at(head, t.gates.from());
    int length = t.gates.length();
    TileCopy.load(
        call.k, at * keyWidth, call.keyStride(), length, keyWidth, 1f, t.k, 0, t.keyStride);
    TileCopy.load(
        call.v, at * valueWidth, call.valueStride(), length, valueWidth, 1f, t.v, 0, t.valueStride);
    TileCopy.transposePadded(t.k, t.keyStride, length, keyWidth, t.keyColumns, STRIDE);
    TileCopy.transposePadded(t.v, t.valueStride, length, valueWidth, t.valueColumns, STRIDE);
  }

  /** Leaves dqs in t.dq and writes dq. */
  private void queryGradient(MemoryTiles t, int head, int chunk) {
    MemoryStates states = increments.states();
    throughState(t, t.dy, states, head, chunk, t.dq);
    int normalizer = states.normalizerAt(head, chunk);
    int length = t.gates.length();
    if (call.normalized()) {
      TileMath.addOuter(t.sums, states.values(head, chunk), normalizer, t.dq, t.keyStride, length);
    }
    TileMath.scaleRows(t.dq, t.gates.factors(), MemoryGates.READ, t.dq, t.keyStride, length);
    TileTriangle.addLower(t.slopes, STRIDE, t.k, t.dq, t.keyStride, length);
    int width = call.shape.keyWidth();
    TileCopy.store(
        t.dq,
        0,
        t.keyStride,
        length,
        width,
        call.shape.scale(),
        false,
        call.dq,
        call.at(head, t.gates.from()) * width,
        call.keyStride());
  }

  /** {@code to = x Sᵀ} with a state S [K, V]: x [length, V], to [length, K]. */
  private void throughState(
      MemoryTiles t, float[] x, MemoryStates states, int head, int border, float[] to) {
    TileCopy.transpose(
        states.values(head, border),
        states.at(head, border),
        t.valueStride,
        call.shape.keyWidth(),
        call.shape.valueWidth(),
        t.stateColumns,
        0,
        t.keyStride);
    TileProduct.multiply(
        x,
        0,
        t.valueStride,
        t.stateColumns,
        0,
        t.keyStride,
        to,
        0,
        t.keyStride,
        t.gates.length(),
        t.keyStride,
        call.shape.valueWidth(),
        false);
  }

  private void valueGradient(MemoryTiles t, int head, int chunk) {
    int length = t.gates.length();
    TileMath.scaleRows(t.k, t.gates.factors(), MemoryGates.WRITE, t.scaled, t.keyStride, length);
    TileProduct.multiply(
        t.scaled,
        0,
        t.keyStride,
        slopes.values(head, chunk + 1),
        slopes.at(head, chunk + 1),
        t.valueStride,
        t.y,
        0,
        t.valueStride,
        length,
        t.valueStride,
        call.shape.keyWidth(),
        false);
    TileTriangle.addLowerTransposed(t.scores, STRIDE, t.dy, t.y, t.valueStride, length);
    int width = call.shape.valueWidth();
    TileCopy.store(
        t.y,
        0,
        t.valueStride,
        length,
        width,
        1f,
        false,
        call.dv,
        call.at(head, t.gates.from()) * width,
        call.valueStride());
  }

  /** Leaves dk in t.dk and writes it; gives {@code sum_l k_l . (dk_l through the state)}. */
  private double keyGradient(MemoryTiles t, int head, int chunk) {
    throughState(t, t.v, slopes, head, chunk + 1, t.dk);
    int length = t.gates.length();
    int width = call.shape.keyWidth();
    if (call.normalized()) {
      Arrays.fill(t.factors, 0, length, 1f);
      TileMath.addOuter(
          t.factors,
          slopes.values(head, chunk + 1),
          slopes.normalizerAt(head, chunk + 1),
          t.dk,
          t.keyStride,
          length);
    }
    TileMath.scaleRows(t.dk, t.gates.factors(), MemoryGates.WRITE, t.dk, t.keyStride, length);
    double written = 0;
    for (int l = 0; l < length; l++) {
      written += TileMath.dot(t.k, l * t.keyStride, t.dk, l * t.keyStride, width);
    }
    TileTriangle.addLowerTransposed(t.slopes, STRIDE, t.q, t.dk, t.keyStride, length);
    TileCopy.store(
        t.dk,
        0,
        t.keyStride,
        length,
        width,
        1f,
        false,
        call.dk,
        call.at(head, t.gates.from()) * width,
        call.keyStride());
    return written;
  }

  /**
   * {@code dlog i_l = k_l . dk_l}. dlog f_j is the sum of {@code qs_u . dqs_u - k_u . dk_u} over u
   * from j to the end of the chunk or of the document, and to the last of these is added what goes
   * through the state after the chunk.
   */
  private void gateGradients(MemoryTiles t, int head, int chunk, double written) {
    int width = call.shape.keyWidth();
    int length = t.gates.length();
    for (int j = 0; j < length; j++) {
      int line = j * t.keyStride;
      t.factors[j] = TileMath.dot(t.k, line, t.dk, line, width);
      t.sums[j] = TileMath.dot(t.q, line, t.dq, line, width);
    }
    long at = call.at(head, t.gates.from());
    if (call.dLogInput != null) {
      TileCopy.scatter(t.factors, call.dLogInput, at, call.shape.heads(), length);
    }
    if (call.dLogForget == null) {
      return;
    }
    double sum = written;
    if (t.gates.keep() != 0) {
      sum += t.gates.keep() * alongState(t, head, chunk);
    }
    for (int j = length - 1; j >= 0; j--) {
      sum += t.sums[j] - t.factors[j];
      boolean reset = t.gates.resetsBefore(j);
      t.sums[j] = reset ? 0 : (float) sum;
      sum = reset ? 0 : sum;
    }
    TileCopy.scatter(t.sums, call.dLogForget, at, call.shape.heads(), length);
  }

  /** {@code <C, dC> + <n, dn>}. */
  private double alongState(MemoryTiles t, int head, int chunk) {
    MemoryStates states = increments.states();
    int from = states.at(head, chunk);
    int slope = slopes.at(head, chunk + 1);
    double sum = 0;
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      int line = r * t.valueStride;
      sum +=
          TileMath.dot(
              states.values(head, chunk),
              from + line,
              slopes.values(head, chunk + 1),
              slope + line,
              call.shape.valueWidth());
    }
    if (call.normalized()) {
      sum +=
          TileMath.dot(
              states.values(head, chunk),
              states.normalizerAt(head, chunk),
              slopes.values(head, chunk + 1),
              slopes.normalizerAt(head, chunk + 1),
              call.shape.keyWidth());
    }
    return sum;
  }

  long bytes() {
    return slopes.bytes();
  }
}
