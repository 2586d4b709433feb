package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileColumns;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import java.util.Arrays;

/**
 * The gradient of {@link GlaForward}. The gradients of the states at the borders of chunks, then
 * all chunks at once, each from its last block on. With S the state before a block and dS' the
 * gradient of the one after it, P and dlog a within the block as in {@link GlaPairs}:
 *
 * <pre>
 * dP_jl = dy_j . v_l;   dv_l = sum over j of P_jl dy_j + (after_l k_l) . dS'
 * dqs_j = read_j (S dy_j) + ...;   dk_l = after_l (dS' v_l) + ...
 * dlog a_m = sum over j >= m of qs_j read_j (S dy_j) + sum over l < m of k_l after_l (dS' v_l)
 *          + keep (sum over columns of S * dS') + ...
 * dS = diag(keep) dS' + sum over j of outer(read_j qs_j, dy_j)
 * </pre>
 */
final class GlaBackward {
  private static final int BLOCK = BlockTiles.BLOCK;

  private final Team team;
  private final GlaCall call;
  private final BlockTiles[] tiles;
  private final GlaStates states;
  private final TilePages slopes = new TilePages();
  private final Task add = this::add;
  private final Task carry = this::carry;
  private final Task gradients = this::gradients;

  GlaBackward(Team team, GlaCall call, BlockTiles[] tiles, GlaStates states) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.states = states;
  }

  /** Floats that this takes beside the states. */
  static long floats(GlaShape shape, int batch, int time) {
    return (long) batch * shape.heads() * (GlaCall.chunks(time) + 1) * MatrixCall.stateTile(shape);
  }

  void run() {
    states.run();
    int parts = call.heads() * call.chunks();
    slopes.grow(call.heads(), call.chunks() + 1, MatrixCall.stateTile(call.shape));
    team.run(add, parts);
    team.run(carry, states.carries());
    team.run(gradients, parts);
    call.storeAll(slopes, 0, call.dState);
  }

  private void carry(int part) {
    states.carryBack(slopes, part);
  }

  /** What a chunk adds to the gradient of the state before it. */
  private void add(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    BlockTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    if (chunk == call.chunks() - 1) {
      call.load(call.dState, head, slopes, chunk + 1);
    }
    float[] slope = slopes.values(head, chunk);
    int at = slopes.at(head, chunk);
    for (int block = t.blocks() - 1; block >= 0; block--) {
      t.select(call, head, block);
      if (t.reset()) {
        Arrays.fill(slope, at, at + slopes.size(), 0);
        continue;
      }
      t.loadKeys(call, head, call.q, call.shape.scale(), t.q);
      t.loadDecays(call, head, call.logDecay);
      t.loadValues(call, head, call.dy, t.dy);
      t.scale(t.q, t.read);
      t.move(slope, at, t.dy, call.shape, block + 1 < t.blocks());
    }
  }

  private void gradients(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    BlockTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    walk(t, head, chunk);
    int size = slopes.size();
    System.arraycopy(slopes.values(head, chunk + 1), slopes.at(head, chunk + 1), t.slope, 0, size);
    for (int block = t.blocks() - 1; block >= 0; block--) {
      t.select(call, head, block);
      t.loadKeys(call, head, call.q, call.shape.scale(), t.q);
      t.loadKeys(call, head, call.k, 1f, t.k);
      t.loadDecays(call, head, call.logDecay);
      t.loadValues(call, head, call.v, t.v);
      t.loadValues(call, head, call.dy, t.dy);
      back(t, head);
    }
  }

  /** Keeps the state before each block that begins no document. */
  private void walk(BlockTiles t, int head, int chunk) {
    TilePages all = states.states();
    int size = all.size();
    System.arraycopy(all.values(head, chunk), all.at(head, chunk), t.state, 0, size);
    for (int block = 0; block < t.blocks(); block++) {
      t.select(call, head, block);
      if (!t.reset()) {
        System.arraycopy(t.state, 0, t.blockStates, t.stateAt(call.shape), size);
      }
      if (block + 1 < t.blocks()) {
        t.loadKeys(call, head, call.k, 1f, t.k);
        t.loadDecays(call, head, call.logDecay);
        t.loadValues(call, head, call.v, t.v);
        t.scale(t.k, t.after);
        t.move(t.state, 0, t.v, call.shape, !t.reset());
      }
    }
  }

  private void back(BlockTiles t, int head) {
    GlaPairs.scores(t);
    valueGradient(t);
    t.storeValues(call, head, t.y, call.dv);
    queryState(t);
    keyState(t);
    t.turnValues(t.v, call.shape);
    pairs(t);
    GlaPairs.gradient(t);
    t.storeKeys(call, head, t.dq, call.shape.scale(), call.dq);
    t.storeKeys(call, head, t.dk, 1f, call.dk);
    t.storeKeys(call, head, t.dDecay, 1f, call.dLogDecay);
    if (t.reset()) {
      Arrays.fill(t.slope, 0, slopes.size(), 0);
    } else {
      t.scale(t.q, t.read);
      t.move(t.slope, 0, t.dy, call.shape, true);
    }
  }

  /** dv into t.y. */
  private void valueGradient(BlockTiles t) {
    TileProduct.multiplyTransposed(
        t.scores,
        0,
        BLOCK,
        t.dy,
        0,
        t.valueStride,
        t.y,
        0,
        t.valueStride,
        t.length(),
        t.valueStride,
        t.length(),
        false);
    t.scale(t.k, t.after);
    t.addRead(t.slope, 0, call.shape, t.y);
  }

  /** The part of dq through the state before the block, and its part of dlog decay. */
  private void queryState(BlockTiles t) {
    int stride = t.keyStride;
    int end = t.length() * stride;
    if (t.reset()) {
      Arrays.fill(t.dq, 0, end, 0);
      Arrays.fill(t.dDecay, 0, end, 0);
      return;
    }
    t.turnValues(t.dy, call.shape);
    t.readBack(t.blockStates, t.stateAt(call.shape), call.shape, t.dq);
    TileMath.multiply(t.dq, t.read, 0, end);
    TileMath.multiply(t.dq, 0, t.q, 0, t.dDecay, 0, end);
    TileColumns.sumsFrom(t.dDecay, stride, t.length());
  }

  /** The part of dk through the state after the block, and its part of dlog decay. */
  private void keyState(BlockTiles t) {
    int stride = t.keyStride;
    int end = t.length() * stride;
    t.turnValues(t.v, call.shape);
    t.readBack(t.slope, 0, call.shape, t.dk);
    TileMath.multiply(t.dk, t.after, 0, end);
    Arrays.fill(t.line, 0, stride, 0);
    for (int r = 0; r < call.shape.keyWidth() && !t.reset(); r++) {
      t.line[r] = t.read[end - stride + r] * alongState(t, r);
    }
    TileMath.multiply(t.dk, 0, t.k, 0, t.scaled, 0, end);
    TileColumns.addSumsBefore(t.line, t.scaled, t.dDecay, stride, t.length());
  }

  /** {@code S[r] . dS'[r]}. */
  private float alongState(BlockTiles t, int r) {
    int row = r * t.valueStride;
    int at = t.stateAt(call.shape) + row;
    return TileMath.dot(t.blockStates, at, t.slope, row, call.shape.valueWidth());
  }

  /** dP into t.slopes; the values are turned. */
  private void pairs(BlockTiles t) {
    TileProduct.multiply(
        t.dy,
        0,
        t.valueStride,
        t.valueColumns,
        0,
        BLOCK,
        t.slopes,
        0,
        BLOCK,
        t.length(),
        TileProduct.padColumns(t.length()),
        call.shape.valueWidth(),
        false);
  }

  long bytes() {
    return slopes.bytes();
  }
}
