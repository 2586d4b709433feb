package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileProduct;
import java.util.Arrays;

/**
 * The states at the borders of all chunks: what each chunk adds and what it keeps of each row, for
 * all chunks at once, then the walk over the chunks, in which rows do not feel one another.
 */
final class GlaStates {
  /** Rows of a state that one part carries through all chunks. */
  private static final int PIECE = 16;

  private final Team team;
  private final GlaCall call;
  private final BlockTiles[] tiles;
  private final TilePages states = new TilePages();
  private final TilePages kept = new TilePages();
  private final Task add = this::add;
  private final Task carry = this::carry;
  private boolean[] carried = new boolean[0];

  GlaStates(Team team, GlaCall call, BlockTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  /** Floats that all this takes. */
  static long floats(GlaShape shape, int batch, int time) {
    long chunks = GlaCall.chunks(time);
    long kept = TileProduct.padColumns(shape.keyWidth());
    return (long) batch
        * shape.heads()
        * ((chunks + 1) * MatrixCall.stateTile(shape) + chunks * kept);
  }

  /** Computes the state that enters each chunk, and the last one. */
  void run() {
    int heads = call.heads();
    int chunks = call.chunks();
    states.grow(heads, chunks + 1, MatrixCall.stateTile(call.shape));
    kept.grow(heads, chunks, TileProduct.padColumns(call.shape.keyWidth()));
    if (carried.length < heads * chunks) {
      carried = new boolean[heads * chunks];
    }
    team.run(add, heads * chunks);
    team.run(carry, carries());
  }

  /** S before each chunk, and after the last. */
  TilePages states() {
    return states;
  }

  private void add(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    BlockTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    if (chunk == 0) {
      call.load(call.state, head, states, 0);
    }
    carried[head * call.chunks() + chunk] = t.carried();
    float[] keep = kept.values(head, chunk);
    int keepAt = kept.at(head, chunk);
    Arrays.fill(keep, keepAt, keepAt + t.keyStride, 1);
    for (int block = 0; block < t.blocks(); block++) {
      t.select(call, head, block);
      t.loadKeys(call, head, call.k, 1f, t.k);
      t.loadDecays(call, head, call.logDecay);
      t.loadValues(call, head, call.v, t.v);
      t.scale(t.k, t.after);
      boolean more = block > 0 && !t.reset();
      t.move(states.values(head, chunk + 1), states.at(head, chunk + 1), t.v, call.shape, more);
      int last = (t.length() - 1) * t.keyStride;
      TileMath.multiply(t.read, last, keep, keepAt, keep, keepAt, t.keyStride);
    }
  }

  private int pieces() {
    return (call.shape.keyWidth() + PIECE - 1) / PIECE;
  }

  private void carry(int part) {
    int head = part / pieces();
    for (int chunk = 0; chunk < call.chunks(); chunk++) {
      carry(states, head, chunk, part % pieces(), chunk, chunk + 1);
    }
  }

  /** The gradients of the states, from the last chunk on, which hold what each chunk adds. */
  void carryBack(TilePages slopes, int part) {
    int head = part / pieces();
    for (int chunk = call.chunks() - 1; chunk >= 0; chunk--) {
      carry(slopes, head, chunk, part % pieces(), chunk + 1, chunk);
    }
  }

  /** Parts of {@link #carryBack}. */
  int carries() {
    return call.heads() * pieces();
  }

  private void carry(TilePages of, int head, int chunk, int piece, int source, int target) {
    if (!carried[head * call.chunks() + chunk]) {
      return; // also where the state that is not kept is infinite
    }
    int stride = TileProduct.padColumns(call.shape.valueWidth());
    int end = Math.min(call.shape.keyWidth(), (piece + 1) * PIECE);
    float[] keep = kept.values(head, chunk);
    for (int r = piece * PIECE; r < end; r++) {
      TileMath.addScaled(
          of.values(head, source),
          of.at(head, source) + r * stride,
          keep[kept.at(head, chunk) + r],
          of.values(head, target),
          of.at(head, target) + r * stride,
          stride);
    }
  }

  long bytes() {
    return states.bytes() + kept.bytes() + carried.length;
  }
}
