package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;

/**
 * The states at the borders of all chunks. What a token writes depends on what those before it
 * wrote, so each chunk is a triangular system of equations (REFERENCE 4.1), solved for all chunks
 * at once by forward substitution; S is the state before the chunk:
 *
 * <pre>
 * w_j = write_j v_j - erase_j before_j (k_j . S) - erase_j sum_l weight_jl (k_j . k_l) w_l
 *     = u_j + r_j . S                                  u and r do not depend on S
 * S' = keep S + sum_l after_l outer(k_l, w_l) = move S + sum_l after_l outer(k_l, u_l)
 * move = keep + sum_l after_l outer(k_l, r_l)
 * </pre>
 *
 * Then the walk over the chunks, in which the columns of S do not feel one another.
 */
final class DeltaChunks {
  /** Columns of a state that one part carries through all chunks. */
  private static final int PIECE = 32;

  private final Team team;
  private final DeltaCall call;
  private final DeltaTiles[] tiles;
  private final TilePages states = new TilePages();
  private final TilePages moves = new TilePages();
  private final TilePages written = new TilePages();
  private final TilePages reads = new TilePages();
  private final Task solve = this::solve;
  private final Task carry = this::carry;
  private boolean[] carried = new boolean[0];

  DeltaChunks(Team team, DeltaCall call, DeltaTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  /** Floats that all this takes. */
  static long floats(MatrixShape shape, int batch, int time) {
    long chunks = DeltaCall.chunks(time);
    long columns = TileProduct.padColumns(shape.keyWidth());
    long each =
        move(shape) + DeltaTiles.ROWS * (columns + TileProduct.padColumns(shape.valueWidth()));
    return (long) batch
        * shape.heads()
        * ((chunks + 1) * MatrixCall.stateTile(shape) + chunks * each);
  }

  private static int move(MatrixShape shape) {
    return TileProduct.padRows(shape.keyWidth()) * TileProduct.padColumns(shape.keyWidth());
  }

  /** Computes the state that enters each chunk, and the last one. */
  void run() {
    int heads = call.heads();
    int chunks = call.chunks();
    MatrixShape shape = call.shape;
    states.grow(heads, chunks + 1, MatrixCall.stateTile(shape));
    moves.grow(heads, chunks, move(shape));
    written.grow(heads, chunks, DeltaTiles.ROWS * TileProduct.padColumns(shape.valueWidth()));
    reads.grow(heads, chunks, DeltaTiles.ROWS * TileProduct.padColumns(shape.keyWidth()));
    if (carried.length < heads * chunks) {
      carried = new boolean[heads * chunks];
    }
    team.run(solve, heads * chunks);
    team.run(carry, heads * pieces());
  }

  /** S before each chunk, and after the last. */
  TilePages states() {
    return states;
  }

  /** r of each chunk. */
  TilePages reads() {
    return reads;
  }

  /** w of a chunk, into the tile of that name. */
  void write(DeltaTiles t, int head, int chunk) {
    int length = t.gates.length();
    System.arraycopy(
        written.values(head, chunk), written.at(head, chunk), t.w, 0, length * t.valueStride);
    TileProduct.multiply(
        reads.values(head, chunk),
        reads.at(head, chunk),
        t.keyStride,
        states.values(head, chunk),
        states.at(head, chunk),
        t.valueStride,
        t.w,
        0,
        t.valueStride,
        length,
        t.valueStride,
        call.shape.keyWidth(),
        true);
  }

  private void solve(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    DeltaTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    if (chunk == 0) {
      call.load(call.state, head, states, 0);
    }
    carried[head * call.chunks() + chunk] = t.gates.carried();
    t.loadKeys(call, head, call.k, 1f, t.k);
    t.turnKeys(call.shape);
    t.makeSystem(call.shape);
    right(t, head);
    int length = t.gates.length();
    float[] u = written.values(head, chunk);
    float[] r = reads.values(head, chunk);
    System.arraycopy(t.w, 0, u, written.at(head, chunk), length * t.valueStride);
    System.arraycopy(t.scaled, 0, r, reads.at(head, chunk), length * t.keyStride);
    int square = DeltaTiles.STRIDE;
    TileTriangle.solve(t.system, square, u, written.at(head, chunk), t.valueStride, length);
    TileTriangle.solve(t.system, square, r, reads.at(head, chunk), t.keyStride, length);
    add(t, head, chunk);
  }

  /** The right sides of the system: {@code write v} and {@code -erase before k}. */
  private void right(DeltaTiles t, int head) {
    int length = t.gates.length();
    t.loadValues(call, head, call.v, t.w);
    TileMath.scaleRows(t.w, t.gates.write(), 0, t.w, t.valueStride, length);
    float[] before = t.gates.factors();
    for (int j = 0; j < length; j++) {
      t.factors[j] = -t.gates.erase()[j] * before[DeltaGates.BEFORE + j];
    }
    TileMath.scaleRows(t.k, t.factors, 0, t.scaled, t.keyStride, length);
  }

  /** What a chunk adds to the state, and how it moves it. */
  private void add(DeltaTiles t, int head, int chunk) {
    int length = t.gates.length();
    int width = call.shape.keyWidth();
    TileMath.scaleRows(t.k, t.gates.factors(), DeltaGates.AFTER, t.scaled, t.keyStride, length);
    TileProduct.multiplyTransposed(
        t.scaled,
        0,
        t.keyStride,
        written.values(head, chunk),
        written.at(head, chunk),
        t.valueStride,
        states.values(head, chunk + 1),
        states.at(head, chunk + 1),
        t.valueStride,
        width,
        t.valueStride,
        length,
        false);
    float[] move = moves.values(head, chunk);
    int at = moves.at(head, chunk);
    TileProduct.multiplyTransposed(
        t.scaled,
        0,
        t.keyStride,
        reads.values(head, chunk),
        reads.at(head, chunk),
        t.keyStride,
        move,
        at,
        t.keyStride,
        width,
        t.keyStride,
        length,
        false);
    for (int r = 0; r < width; r++) {
      move[at + r * (t.keyStride + 1)] += t.gates.keep();
    }
  }

  private int pieces() {
    return (TileProduct.padColumns(call.shape.valueWidth()) + PIECE - 1) / PIECE;
  }

  private void carry(int part) {
    int head = part / pieces();
    for (int chunk = 0; chunk < call.chunks(); chunk++) {
      carry(head, chunk, part % pieces(), states, false);
    }
  }

  /** The gradients of the states, from the last chunk on, which hold what each chunk adds. */
  void carryBack(TilePages slopes, int part) {
    int head = part / pieces();
    for (int chunk = call.chunks() - 1; chunk >= 0; chunk--) {
      carry(head, chunk, part % pieces(), slopes, true);
    }
  }

  /** Parts of {@link #carryBack}. */
  int carries() {
    return call.heads() * pieces();
  }

  private void carry(int head, int chunk, int piece, TilePages of, boolean back) {
    if (!carried[head * call.chunks() + chunk]) {
      return; // also where the state that is not kept is infinite
    }
    int width = call.shape.keyWidth();
    int keyStride = TileProduct.padColumns(width);
    int valueStride = TileProduct.padColumns(call.shape.valueWidth());
    int column = piece * PIECE;
    int columns = Math.min(PIECE, valueStride - column);
    float[] move = moves.values(head, chunk);
    int at = moves.at(head, chunk);
    int source = back ? chunk + 1 : chunk;
    int target = back ? chunk : chunk + 1;
    float[] from = of.values(head, source);
    float[] to = of.values(head, target);
    int fromAt = of.at(head, source) + column;
    int toAt = of.at(head, target) + column;
    if (back) {
      TileProduct.multiplyTransposed(
          move,
          at,
          keyStride,
          from,
          fromAt,
          valueStride,
          to,
          toAt,
          valueStride,
          width,
          columns,
          width,
          true);
    } else {
      TileProduct.multiply(
          move,
          at,
          keyStride,
          from,
          fromAt,
          valueStride,
          to,
          toAt,
          valueStride,
          width,
          columns,
          width,
          true);
    }
  }

  long bytes() {
    return states.bytes() + moves.bytes() + written.bytes() + reads.bytes() + carried.length;
  }
}
