package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient of {@link DeltaForward}. With P_jl what y_j reads of w_l, A the system of the chunk
 * ({@code w = b + A w}), S the state before the chunk, dS' the gradient of the one after it:
 *
 * <pre>
 * dw = Pᵀ dy + after k dS';   db = (1 - Aᵀ)^-1 dw               by substitution
 * R_jl = include_jl (dy_j . w_l);   Z_jl = weight_jl (db_j . w_l), l < j
 * dqs_j = read_j (S dy_j) + sum_l R_jl k_l
 * g_j   = sum_l Z_jl k_l + before_j (S db_j);   derase_j = -k_j . g_j
 * dk_l  = after_l (dS' w_l) + sum_j R_jl qs_j - sum_j Z_jl erase_j k_j - erase_l g_l
 * dv_j  = write_j db_j;   dwrite_j = v_j . db_j
 * dS    = moveᵀ dS' + sum_j read_j outer(qs_j, dy_j) + sum_j outer(r_j, (Pᵀ dy)_j)
 * </pre>
 */
final class DeltaBackward {
  private static final int SQUARE = DeltaTiles.STRIDE;

  private final Team team;
  private final DeltaCall call;
  private final DeltaTiles[] tiles;
  private final DeltaChunks chunks;
  private final TilePages slopes = new TilePages();
  private final TilePages written = new TilePages();
  private final Task add = this::add;
  private final Task carry = this::carry;
  private final Task gradients = this::gradients;

  DeltaBackward(Team team, DeltaCall call, DeltaTiles[] tiles, DeltaChunks chunks) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.chunks = chunks;
  }

  /** Floats that this takes beside the chunks. */
  static long floats(DeltaShape shape, int batch, int time) {
    long chunks = DeltaCall.chunks(time);
    long rows = (long) DeltaTiles.ROWS * TileProduct.padColumns(shape.valueWidth());
    return (long) batch
        * shape.heads()
        * ((chunks + 1) * MatrixCall.stateTile(shape) + chunks * rows);
  }

  void run() {
    chunks.run();
    int parts = call.heads() * call.chunks();
    int columns = TileProduct.padColumns(call.shape.valueWidth());
    slopes.grow(call.heads(), call.chunks() + 1, MatrixCall.stateTile(call.shape));
    written.grow(call.heads(), call.chunks(), DeltaTiles.ROWS * columns);
    team.run(add, parts);
    team.run(carry, chunks.carries());
    team.run(gradients, parts);
    call.storeAll(slopes, 0, call.dState);
  }

  private void carry(int part) {
    chunks.carryBack(slopes, part);
  }

  /** What a chunk adds to the gradient of the state before it; keeps {@code Pᵀ dy}. */
  private void add(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    DeltaTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    if (chunk == call.chunks() - 1) {
      call.load(call.dState, head, slopes, chunk + 1);
    }
    t.loadKeys(call, head, call.q, call.shape.scale(), t.q);
    t.loadKeys(call, head, call.k, 1f, t.k);
    t.turnKeys(call.shape);
    t.loadValues(call, head, call.dy, t.dy);
    DeltaForward.scores(t, call.shape);
    int length = t.gates.length();
    Arrays.fill(t.dw, 0, length * t.valueStride, 0);
    TileTriangle.addLowerTransposed(t.scores, SQUARE, t.dy, t.dw, t.valueStride, length);
    int at = written.at(head, chunk);
    System.arraycopy(t.dw, 0, written.values(head, chunk), at, length * t.valueStride);
    TileMath.scaleRows(t.q, t.gates.factors(), DeltaGates.READ, t.scaled, t.keyStride, length);
    addToState(t, head, chunk, t.scaled, 0, t.dy, false);
    TilePages reads = chunks.reads();
    addToState(t, head, chunk, reads.values(head, chunk), reads.at(head, chunk), t.dw, true);
  }

  /** {@code slope = xᵀ y}, x [length, K], y [length, V]. */
  private void addToState(
      DeltaTiles t, int head, int chunk, float[] x, int from, float[] y, boolean more) {
    TileProduct.multiplyTransposed(
        x,
        from,
        t.keyStride,
        y,
        0,
        t.valueStride,
        slopes.values(head, chunk),
        slopes.at(head, chunk),
        t.valueStride,
        call.shape.keyWidth(),
        t.valueStride,
        t.gates.length(),
        more);
  }

  private void gradients(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    DeltaTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    t.loadKeys(call, head, call.q, call.shape.scale(), t.q);
    t.loadKeys(call, head, call.k, 1f, t.k);
    t.turnKeys(call.shape);
    t.loadValues(call, head, call.v, t.v);
    t.loadValues(call, head, call.dy, t.dy);
    t.makeSystem(call.shape);
    chunks.write(t, head, chunk);
    TileCopy.transposePadded(
        t.w, t.valueStride, t.gates.length(), call.shape.valueWidth(), t.valueColumns, SQUARE);
    writtenGradient(t, head, chunk);
    valueGradient(t, head);
    eraseGradient(t, head, chunk);
    queryGradient(t, head, chunk);
    double after = keyGradient(t, head, chunk);
    if (call.dLogDecay != null) {
      decayGradient(t, call.dLogDecay, head, chunk, after);
    }
  }

  /** Leaves db in t.dw. */
  private void writtenGradient(DeltaTiles t, int head, int chunk) {
    int length = t.gates.length();
    System.arraycopy(
        written.values(head, chunk), written.at(head, chunk), t.dw, 0, length * t.valueStride);
    TileMath.scaleRows(t.k, t.gates.factors(), DeltaGates.AFTER, t.scaled, t.keyStride, length);
    int width = call.shape.keyWidth();
    float[] slope = slopes.values(head, chunk + 1);
    t.read(t.scaled, slope, slopes.at(head, chunk + 1), t.dw, width, true);
    TileTriangle.solveTransposed(t.system, SQUARE, t.dw, t.valueStride, length);
  }

  private void valueGradient(DeltaTiles t, int head) {
    int length = t.gates.length();
    for (int j = 0; j < length; j++) {
      int line = j * t.valueStride;
      t.factors[j] = TileMath.dot(t.v, line, t.dw, line, call.shape.valueWidth());
    }
    scatter(t.factors, call.dWrite, t, head);
    TileMath.scaleRows(t.dw, t.gates.write(), 0, t.y, t.valueStride, length);
    t.storeValues(call, head, t.y, call.dv);
  }

  /** Leaves g in t.slope, Z in t.scores, derase in t.alongErase. The weights leave out j itself. */
  private void eraseGradient(DeltaTiles t, int head, int chunk) {
    int length = t.gates.length();
    int valueWidth = call.shape.valueWidth();
    TilePages states = chunks.states();
    t.readBack(t.dw, states.values(head, chunk), states.at(head, chunk), call.shape, t.slope);
    TileMath.scaleRows(t.slope, t.gates.factors(), DeltaGates.BEFORE, t.slope, t.keyStride, length);
    TileTriangle.lower(t.dw, t.valueStride, t.valueColumns, t.scores, SQUARE, length, valueWidth);
    weigh(t.scores, t.weights, length);
    TileTriangle.addLower(t.scores, SQUARE, t.k, t.slope, t.keyStride, length);
    for (int j = 0; j < length; j++) {
      int line = j * t.keyStride;
      t.alongErase[j] = -TileMath.dot(t.k, line, t.slope, line, call.shape.keyWidth());
    }
    scatter(t.alongErase, call.dErase, t, head);
  }

  private static void weigh(float[] x, float[] weights, int length) {
    for (int j = 0; j < length; j++) {
      int line = j * SQUARE;
      TileMath.multiply(x, weights, line, line + TileTriangle.columns(j, length));
    }
  }

  /** Leaves dqs in t.dq, R in t.slopes. */
  private void queryGradient(DeltaTiles t, int head, int chunk) {
    int length = t.gates.length();
    TilePages states = chunks.states();
    t.readBack(t.dy, states.values(head, chunk), states.at(head, chunk), call.shape, t.dq);
    TileMath.scaleRows(t.dq, t.gates.factors(), DeltaGates.READ, t.dq, t.keyStride, length);
    int valueWidth = call.shape.valueWidth();
    TileTriangle.lower(t.dy, t.valueStride, t.valueColumns, t.slopes, SQUARE, length, valueWidth);
    t.gates.include(t.weights);
    weigh(t.slopes, t.weights, length);
    TileTriangle.addLower(t.slopes, SQUARE, t.k, t.dq, t.keyStride, length);
    t.storeKeys(call, head, t.dq, call.shape.scale(), call.dq);
  }

  /**
   * Writes dk; leaves in t.alongKeys what k_l . dk_l is without the part of g. Gives the sum of k_l
   * . dk_l through the state after the chunk.
   */
  private double keyGradient(DeltaTiles t, int head, int chunk) {
    int length = t.gates.length();
    int width = call.shape.keyWidth();
    float[] slope = slopes.values(head, chunk + 1);
    t.readBack(t.w, slope, slopes.at(head, chunk + 1), call.shape, t.dk);
    TileMath.scaleRows(t.dk, t.gates.factors(), DeltaGates.AFTER, t.dk, t.keyStride, length);
    double after = 0;
    for (int l = 0; l < length; l++) {
      after += TileMath.dot(t.k, l * t.keyStride, t.dk, l * t.keyStride, width);
      t.factors[l] = -t.gates.erase()[l];
    }
    TileTriangle.addLowerTransposed(t.slopes, SQUARE, t.q, t.dk, t.keyStride, length);
    TileMath.scaleRows(t.k, t.factors, 0, t.scaled, t.keyStride, length);
    TileTriangle.addLowerTransposed(t.scores, SQUARE, t.scaled, t.dk, t.keyStride, length);
    for (int l = 0; l < length; l++) {
      t.alongKeys[l] = TileMath.dot(t.k, l * t.keyStride, t.dk, l * t.keyStride, width);
    }
    TileMath.scaleRows(t.slope, t.factors, 0, t.slope, t.keyStride, length);
    TileMath.addRows(t.slope, t.dk, 0, length * t.keyStride);
    t.storeKeys(call, head, t.dk, 1f, call.dk);
    return after;
  }

  /**
   * dlog decay_j is the sum over u from j to the end of the chunk or of the document of {@code qs_u
   * . dqs_u - (k_u . dk_u without g) + erase_{u+1} derase_{u+1}}, and to the last of these is added
   * what goes through the state after the chunk.
   */
  private void decayGradient(DeltaTiles t, Tensor dLogDecay, int head, int chunk, double after) {
    int length = t.gates.length();
    int width = call.shape.keyWidth();
    double sum = after;
    if (t.gates.carried()) {
      sum += t.gates.keep() * alongState(t, head, chunk);
    }
    for (int j = length - 1; j >= 0; j--) {
      int line = j * t.keyStride;
      sum += TileMath.dot(t.q, line, t.dq, line, width) - t.alongKeys[j];
      boolean reset = t.gates.resetsBefore(j);
      t.factors[j] = reset ? 0 : (float) sum;
      sum = reset ? 0 : sum + (double) t.gates.erase()[j] * t.alongErase[j];
    }
    scatter(t.factors, dLogDecay, t, head);
  }

  /** {@code <S, dS'>}. */
  private double alongState(DeltaTiles t, int head, int chunk) {
    TilePages states = chunks.states();
    double sum = 0;
    for (int r = 0; r < call.shape.keyWidth(); r++) {
      int line = r * t.valueStride;
      sum +=
          TileMath.dot(
              states.values(head, chunk),
              states.at(head, chunk) + line,
              slopes.values(head, chunk + 1),
              slopes.at(head, chunk + 1) + line,
              call.shape.valueWidth());
    }
    return sum;
  }

  private void scatter(float[] values, Tensor to, DeltaTiles t, int head) {
    long at = call.at(head, t.gates.from());
    TileCopy.scatter(values, to, at, call.shape.heads(), t.gates.length());
  }

  long bytes() {
    return slopes.bytes() + written.bytes();
  }
}
