package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The gates of {@link DeltaKernels} and their gradients. With {@code b_j} the sum of log decay of a
 * chunk up to token j:
 *
 * <pre>
 * read_j = scale e^b_j;   before_j = e^b_{j-1};   after_l = e^(sum after l);   keep = e^(whole sum)
 * </pre>
 *
 * <p>Every sum is taken by itself and never as a difference. A reset is a decay of {@link #CUT},
 * across which every weight is exactly zero.
 */
final class DeltaGateKernels {
  /** The logarithm of nothing; a sum of one for each token of a chunk is finite. */
  static final float CUT = -1e30f;

  private static final int CHUNK = MemoryLayout.CHUNK;

  /** A logarithm below this forgets everything. */
  private static final float SMALLEST_DECAY = -1e4f;

  private DeltaGateKernels() {}

  /** Whether a decay is a reset. */
  static boolean isCut(float decay) {
    return decay < 0.5f * CUT;
  }

  /** Writes takes, decays, reads, befores, afters, keeps and carries. A thread is a chunk. */
  static void gates(
      KernelContext context,
      FloatArray erase,
      int eraseAt,
      FloatArray logDecay,
      int logDecayAt,
      IntArray firstKeys,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      float scale,
      int hasDecay) {
    int chunks = MemoryLayout.chunks(time);
    int decays = workAt + DeltaLayout.decays(rows, heads);
    int reads = workAt + DeltaLayout.reads(rows, heads);
    int befores = workAt + DeltaLayout.befores(rows, heads);
    int afters = workAt + DeltaLayout.afters(rows, heads);
    int keeps = workAt + DeltaLayout.keeps(rows, heads, keyWidth);
    int carries = workAt + DeltaLayout.carries(rows, time, heads, keyWidth);
    int items = MemoryLayout.sequences(rows, time) * chunks * heads;
    for (int item = context.globalIdx; item < items; item += context.globalGroupSizeX) {
      int head = item % heads;
      int chunk = item / heads % chunks;
      int sequence = item / heads / chunks;
      int from = chunk * CHUNK;
      int to = TornadoMath.min(from + CHUNK, time);
      float sum = 0f;
      float carried = 1f;
      for (int t = from; t < to; t++) {
        int row = sequence * time + t;
        int at = row * heads + head;
        float decay = 0f;
        if (hasDecay > 0) {
          float given = logDecay.get(logDecayAt + at);
          decay = given < SMALLEST_DECAY ? SMALLEST_DECAY : given;
        }
        float before = TornadoMath.exp(sum);
        if (t > 0 && firstKeys.get(row) == t) {
          decay = CUT;
          before = 0f;
          carried = 0f;
        }
        sum += decay;
        work.set(workAt + at, -erase.get(eraseAt + at));
        work.set(decays + at, decay);
        work.set(reads + at, scale * TornadoMath.exp(sum));
        work.set(befores + at, before);
      }
      int slot = (sequence * heads + head) * chunks + chunk;
      work.set(keeps + slot, TornadoMath.exp(sum));
      work.set(carries + slot, carried);
      float after = 0f;
      for (int t = to - 1; t >= from; t--) {
        int at = (sequence * time + t) * heads + head;
        work.set(afters + at, TornadoMath.exp(after));
        after += work.get(decays + at);
      }
    }
  }

  /**
   * The gradient of log decay. With {@code x_ul} and {@code z_ul} what tokens u read of, and take
   * out of, token l, each times its gradient; and with {@code p_u}, {@code t_u} and {@code w_l} the
   * same of the state before the chunk and of the state after it:
   *
   * <pre>
   * dlog a_j = sum_{l < j <= u} x_ul + sum_{l < j < u} z_ul
   *          + sum_{u >= j} p_u + sum_{u > j} t_u + sum_{l < j} w_l + keep <S, dS'>
   * </pre>
   *
   * <p>Every term is what passes token j, so nothing cancels; at a reset all are zero. A group is a
   * chunk of a head, a thread a token.
   */
  static void gradient(
      KernelContext context,
      FloatArray dLogDecay,
      int dLogDecayAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    float[] products = context.allocateFloatLocalArray(CHUNK * (CHUNK + 1));
    float[] queryDots = context.allocateFloatLocalArray(CHUNK);
    float[] eraseDots = context.allocateFloatLocalArray(CHUNK);
    float[] keyDots = context.allocateFloatLocalArray(CHUNK);
    float[] stateDots = context.allocateFloatLocalArray(CHUNK);
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int size = keyWidth * valueWidth;
    int pieces = MemoryLayout.tiles(keyWidth);
    int queryParts = workAt + DeltaLayout.queryParts(rows, heads);
    int eraseParts = workAt + DeltaLayout.eraseParts(rows, heads, keyWidth);
    int keyParts = workAt + DeltaLayout.keyParts(rows, heads, keyWidth);
    int keeps = workAt + DeltaLayout.keeps(rows, heads, keyWidth);
    int carries = workAt + DeltaLayout.carries(rows, time, heads, keyWidth);
    int states = workAt + DeltaLayout.states(rows, time, heads, keyWidth, valueWidth);
    int slopes = workAt + DeltaLayout.slopes(rows, time, heads, keyWidth, valueWidth);
    int taken = workAt + DeltaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int read = workAt + DeltaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int chunk = item % chunks;
      int sequenceHead = item / chunks;
      int from = chunk * CHUNK;
      int tokens = TornadoMath.min(CHUNK, time - from);
      int row = sequenceHead / heads * time + from + TornadoMath.min(thread, tokens - 1);
      int at = row * heads + sequenceHead % heads;
      int live = thread < tokens ? 1 : 0;
      int square = item * CHUNK * CHUNK;
      for (int e = thread; e < CHUNK * CHUNK; e += CHUNK) {
        float product = work.get(read + square + e);
        if (e + CHUNK < CHUNK * CHUNK) {
          product += work.get(taken + square + e + CHUNK);
        }
        products[e / CHUNK * (CHUNK + 1) + e % CHUNK] = product;
      }
      float queryDot = 0f;
      float eraseDot = 0f;
      float keyDot = 0f;
      for (int p = 0; p < pieces; p++) {
        queryDot += work.get(queryParts + at * pieces + p);
        eraseDot += work.get(eraseParts + at * pieces + p);
        keyDot += work.get(keyParts + at * pieces + p);
      }
      queryDots[thread] = live > 0 ? queryDot : 0f;
      eraseDots[thread] = live > 0 ? eraseDot * work.get(workAt + at) : 0f;
      keyDots[thread] = live > 0 ? keyDot : 0f;
      int slot = (sequenceHead * (chunks + 1) + chunk) * size;
      float along = 0f;
      for (int e = thread; e < size; e += CHUNK) {
        along += work.get(states + slot + e) * work.get(slopes + slot + size + e);
      }
      stateDots[thread] = along;
      context.localBarrier();
      float prefix = 0f;
      for (int l = 0; l < CHUNK; l++) {
        float product = products[thread * (CHUNK + 1) + l];
        products[thread * (CHUNK + 1) + l] = prefix;
        prefix += product;
      }
      context.localBarrier();
      float passing = 0f;
      for (int c = 0; c < CHUNK; c++) {
        passing += stateDots[c];
      }
      passing = work.get(carries + item) == 0f ? 0f : work.get(keeps + item) * passing;
      for (int l = 0; l < thread; l++) {
        passing += keyDots[l];
      }
      for (int u = thread; u < CHUNK; u++) {
        passing += queryDots[u] + products[u * (CHUNK + 1) + thread];
        passing += u > thread ? eraseDots[u] : 0f;
      }
      context.localBarrier();
      if (live > 0) {
        dLogDecay.set(dLogDecayAt + at, passing);
      }
    }
  }
}
