package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;
import java.util.Arrays;

/**
 * The gradient of {@link DplrForward}; a part is a head, walked forward for the states at the
 * borders of chunks and for z, then back. With S the state before a block and dS' the gradient of
 * the one after it:
 *
 * <pre>
 * dz_l = (after_l u_l) . dS' + sum over j >= l of P_qu dy_j + sum over j > l of P_wu dz_j
 * dv_l = (after_l k_l) . dS' + sum over j >= l of P_qk dy_j + sum over j > l of P_wk dz_j
 * dP = [dz; dy] [v; z]ᵀ
 * dqs_j = read_j (S dy_j) + ...;     dw_j = before_j (S dz_j) + ...
 * dk_l = after_l (dS' v_l) + ...;    du_l = after_l (dS' z_l) + ...
 * dlog a_m = sum over j >= m of qs_j read_j (S dy_j) + sum over j > m of w_j before_j (S dz_j)
 *          + sum over l < m of k_l after_l (dS' v_l) + u_l after_l (dS' z_l)
 *          + keep (sum over columns of S * dS') + ...
 * dS = diag(keep) dS' + sum over j of outer(read_j qs_j, dy_j) + outer(before_j w_j, dz_j)
 * </pre>
 */
final class DplrBackward implements Task {
  private static final int PAIRS = DplrTiles.PAIRS;

  private final Team team;
  private final DplrCall call;
  private final DplrTiles[] tiles;
  private final DplrStates kept;

  DplrBackward(Team team, DplrCall call, DplrTiles[] tiles, DplrStates kept) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.kept = kept;
  }

  void run() {
    kept.grow();
    team.run(this, call.heads());
  }

  @Override
  public void run(int head) {
    DplrTiles t = tiles[team.worker()];
    t.grow(call.shape);
    forward(t, head);
    call.load(call.dState, head, t.slope, 0);
    for (int chunk = call.chunks() - 1; chunk >= 0; chunk--) {
      t.begin(call, head, chunk);
      walk(t, head, chunk);
      for (int block = t.blocks() - 1; block >= 0; block--) {
        t.select(call, head, block);
        back(t, head, chunk);
      }
    }
    if (call.dState != null) {
      call.store(t.slope, 0, call.dState, head);
    }
  }

  private void forward(DplrTiles t, int head) {
    TilePages states = kept.states();
    TilePages reads = kept.reads();
    call.load(call.state, head, t.state, 0);
    for (int chunk = 0; chunk < call.chunks(); chunk++) {
      t.begin(call, head, chunk);
      float[] to = states.values(head, chunk);
      System.arraycopy(t.state, 0, to, states.at(head, chunk), states.size());
      for (int block = 0; block < t.blocks(); block++) {
        t.select(call, head, block);
        t.load(call, head, false);
        DplrForward.read(t, call, false);
        int z = t.length() * t.valueStride;
        int at = reads.at(head, chunk) + t.first() * t.valueStride;
        System.arraycopy(t.values, z, reads.values(head, chunk), at, z);
        t.write(t.state, call.shape);
      }
    }
  }

  /** Keeps the state before each block that begins no document. */
  private void walk(DplrTiles t, int head, int chunk) {
    TilePages states = kept.states();
    int size = states.size();
    System.arraycopy(states.values(head, chunk), states.at(head, chunk), t.state, 0, size);
    for (int block = 0; block < t.blocks(); block++) {
      t.select(call, head, block);
      if (!t.reset()) {
        System.arraycopy(t.state, 0, t.blockStates, t.stateAt(call.shape), size);
      }
      if (block + 1 < t.blocks()) {
        t.loadWrites(call, head);
        loadRead(t, head, chunk);
        t.write(t.state, call.shape);
      }
    }
  }

  /** z of the block. */
  private void loadRead(DplrTiles t, int head, int chunk) {
    TilePages reads = kept.reads();
    int z = t.length() * t.valueStride;
    int at = reads.at(head, chunk) + t.first() * t.valueStride;
    System.arraycopy(reads.values(head, chunk), at, t.values, z, z);
  }

  private void back(DplrTiles t, int head, int chunk) {
    int length = t.length();
    t.load(call, head, true);
    loadRead(t, head, chunk);
    t.loadValues(call, head, call.dy, t.given, length);
    t.scaleReads(true);
    DplrPairs.find(t, true);
    valueGradients(t);
    t.storeValues(call, head, t.dValues, call.dv);
    t.turn(t.values, call.shape);
    t.pairSlopes(call.shape);
    t.turnBack(t.slope, 0, call.shape, t.dWrites);
    t.turn(t.given, call.shape);
    throughReads(t);
    throughWrites(t);
    DplrPairs.gradient(t);
    t.storeKeys(call, head, t.dq, call.shape.scale(), call.dq);
    t.storeKeys(call, head, t.dk, 1f, call.dk);
    t.storeKeys(call, head, t.du, 1f, call.du);
    t.storeKeys(call, head, t.dw, 1f, call.dw);
    t.storeKeys(call, head, t.dDecay, 1f, call.dLogDecay);
    if (t.reset()) {
      Arrays.fill(t.slope, 0, kept.states().size(), 0);
    } else {
      t.addTo(t.slope, t.reads, t.given, call.shape);
    }
  }

  /** dv into t.dValues; dz into t.given, before dy, which is there. */
  private void valueGradients(DplrTiles t) {
    int length = t.length();
    int stride = t.valueStride;
    int half = length * stride;
    TileProduct.multiply(
        t.writes,
        0,
        t.keyStride,
        t.slope,
        0,
        stride,
        t.dValues,
        0,
        stride,
        2 * length,
        stride,
        call.shape.keyWidth(),
        false);
    addPairs(t, length * PAIRS, half, 2 * length);
    TileTriangle.solveTransposed(t.pairs, length, PAIRS, t.dValues, half, stride, length);
    System.arraycopy(t.dValues, half, t.given, 0, half);
    addPairs(t, 0, 0, length);
  }

  /** Adds to {@code writes} rows of t.dValues what L reads have of them. */
  private static void addPairs(DplrTiles t, int pairs, int given, int writes) {
    int stride = t.valueStride;
    TileProduct.multiplyTransposed(
        t.pairs,
        pairs,
        PAIRS,
        t.given,
        given,
        stride,
        t.dValues,
        0,
        stride,
        writes,
        stride,
        t.length(),
        true);
  }

  /** The parts of dq and dw through the state before the block, and of dlog decay. */
  private void throughReads(DplrTiles t) {
    int stride = t.keyStride;
    int end = t.length() * stride;
    if (t.reset()) {
      Arrays.fill(t.dq, 0, end, 0);
      Arrays.fill(t.dw, 0, end, 0);
      Arrays.fill(t.dDecay, 0, end, 0);
      return;
    }
    t.turnBack(t.blockStates, t.stateAt(call.shape), call.shape, t.dReads);
    System.arraycopy(t.dReads, 0, t.dw, 0, stride);
    TileMath.multiply(t.dReads, stride, t.read, 0, t.dw, stride, end - stride);
    TileMath.multiply(t.dReads, end, t.read, 0, t.dq, 0, end);
    TileMath.multiply(t.dq, 0, t.q, 0, t.dDecay, 0, end);
    TileMath.multiply(t.dw, 0, t.w, 0, t.scaled, 0, end);
    for (int at = end - 2 * stride; at >= 0; at -= stride) {
      TileMath.add(t.dDecay, at + stride, t.dDecay, at, stride);
      TileMath.add(t.scaled, at + stride, t.dDecay, at, stride);
    }
  }

  /** The parts of dk and du through the state after the block, and of dlog decay. */
  private void throughWrites(DplrTiles t) {
    int stride = t.keyStride;
    int end = t.length() * stride;
    TileMath.multiply(t.dWrites, 0, t.after, 0, t.dk, 0, end);
    TileMath.multiply(t.dWrites, end, t.after, 0, t.du, 0, end);
    Arrays.fill(t.line, 0, stride, 0);
    for (int r = 0; r < call.shape.keyWidth() && !t.reset(); r++) {
      t.line[r] = t.read[end - stride + r] * alongState(t, r);
    }
    for (int at = 0; at < end; at += stride) {
      TileMath.add(t.line, 0, t.dDecay, at, stride);
      TileMath.multiply(t.dk, at, t.k, at, t.scaled, 0, stride);
      TileMath.add(t.scaled, 0, t.line, 0, stride);
      TileMath.multiply(t.du, at, t.u, at, t.scaled, 0, stride);
      TileMath.add(t.scaled, 0, t.line, 0, stride);
    }
  }

  /** {@code S[r] . dS'[r]}. */
  private float alongState(DplrTiles t, int r) {
    int row = r * t.valueStride;
    int at = t.stateAt(call.shape) + row;
    return TileMath.dot(t.blockStates, at, t.slope, row, call.shape.valueWidth());
  }
}
