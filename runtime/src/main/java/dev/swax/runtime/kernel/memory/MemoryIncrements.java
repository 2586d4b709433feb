package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;

/**
 * The states at the borders of all chunks: first what each chunk adds, all chunks at once, then the
 * walk over the chunks.
 *
 * <pre>
 * C' = keep C + sum_l outer(write_l k_l, v_l);   n' = keep n + sum_l write_l k_l
 * </pre>
 */
final class MemoryIncrements {
  private final Team team;
  private final MemoryCall call;
  private final MemoryTiles[] tiles;
  private final MemoryStates states = new MemoryStates();
  private final Task add = this::add;
  private final Task carry = this::carry;
  private float[] keeps = new float[0];

  MemoryIncrements(Team team, MemoryCall call, MemoryTiles[] tiles) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
  }

  /** Computes the state that enters each chunk, and the last one. */
  void run() {
    int chunks = call.chunks();
    states.grow(call.heads(), chunks + 1, call.shape);
    if (keeps.length < call.heads() * chunks) {
      keeps = new float[call.heads() * chunks];
    }
    team.run(add, call.heads() * chunks);
    team.run(carry, call.heads() * states.pieces());
  }

  MemoryStates states() {
    return states;
  }

  /** keep of each chunk of each head. */
  float[] keeps() {
    return keeps;
  }

  private void add(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    MemoryTiles t = tiles[team.worker()];
    t.grow(call.shape);
    t.gates.load(call, head, chunk);
    if (chunk == 0) {
      states.load(call.state, head, 0, call.shape);
    }
    keeps[head * call.chunks() + chunk] = t.gates.keep();
    int width = call.shape.keyWidth();
    int from = t.gates.from();
    int length = t.gates.length();
    TileCopy.load(
        call.k,
        call.at(head, from) * width,
        call.keyStride(),
        length,
        width,
        1f,
        t.k,
        0,
        t.keyStride);
    TileMath.scaleRows(t.k, t.gates.factors(), MemoryGates.WRITE, t.scaled, t.keyStride, length);
    TileCopy.load(
        call.v,
        call.at(head, from) * call.shape.valueWidth(),
        call.valueStride(),
        length,
        call.shape.valueWidth(),
        1f,
        t.v,
        0,
        t.valueStride);
    TileProduct.multiplyTransposed(
        t.scaled,
        0,
        t.keyStride,
        t.v,
        0,
        t.valueStride,
        states.values(head, chunk + 1),
        states.at(head, chunk + 1),
        t.valueStride,
        width,
        t.valueStride,
        length,
        false);
    if (call.normalized()) {
      TileMath.sumRows(
          t.k,
          t.gates.factors(),
          MemoryGates.WRITE,
          states.values(head, chunk + 1),
          states.normalizerAt(head, chunk + 1),
          t.keyStride,
          length);
    }
  }

  private void carry(int part) {
    states.carryOn(part / states.pieces(), part % states.pieces(), keeps);
  }

  long bytes() {
    return states.bytes() + 4L * keeps.length;
  }
}
