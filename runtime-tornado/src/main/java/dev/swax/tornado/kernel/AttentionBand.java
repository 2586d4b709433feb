package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Which tokens see each other in attention over a band, and how threads share them. */
final class AttentionBand {
  /** Threads of a group, which is tokens of a block. */
  static final int BLOCK = 64;

  /** Tokens in local memory: with two rows of 128 floats each, 32 KiB. A multiple of 4. */
  static final int TILE = 32;

  private AttentionBand() {}

  /** A group for each block of tokens of a head. */
  static WorkerGrid grid(int batch, int time, int heads) {
    int blocks = (time + BLOCK - 1) / BLOCK;
    int groups = Math.max(1, Math.multiplyExact(batch * blocks, heads));
    var grid = new WorkerGrid1D(Math.multiplyExact(groups, BLOCK));
    grid.setLocalWork(BLOCK, 1, 1);
    return grid;
  }

  /** The first key that query {@code t} of the sequence sees. */
  static int firstKey(IntArray firstKeys, int sequence, int t, int window, int chunk) {
    int document = firstKeys.get(sequence + t);
    int first = TornadoMath.max(document, t - window + 1);
    if (chunk > 0) {
      first = TornadoMath.max(first, t - (t - document) % chunk);
    }
    return first;
  }

  /** 1 where {@code first <= key <= last}, otherwise 0. */
  static int seen(int key, int first, int last) {
    return key >= first && key <= last ? 1 : 0;
  }

  /**
   * The last query that sees {@code key}, of its document; a sum would overflow for a large window.
   * First keys do not fall from token to token.
   */
  static int lastQuery(IntArray firstKeys, int sequence, int key, int window, int chunk, int time) {
    int reach = window;
    if (chunk > 0) {
      int inDocument = key - firstKeys.get(sequence + key);
      reach = TornadoMath.min(reach, chunk - inDocument % chunk);
    }
    int query = key;
    int most = reach >= time - key ? time - 1 : key + reach - 1;
    while (query < most) {
      int middle = query + (most - query + 1) / 2;
      if (firstKeys.get(sequence + middle) <= key) {
        query = middle;
      } else {
        most = middle - 1;
      }
    }
    return query;
  }

  /** The first query head that reads the key head. */
  static int firstHead(int keyHead, int heads, int keyHeads) {
    return (keyHead * heads + keyHeads - 1) / keyHeads;
  }
}
