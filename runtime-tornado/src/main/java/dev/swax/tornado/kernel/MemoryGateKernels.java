package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The gates of {@link MemoryKernels} and their gradients. With {@code before} the maximum m before
 * token t (0 where the state is empty):
 *
 * <pre>
 * m_t = max(log f_t + before, log i_t);   decay_t = log f_t - (m_t - before);   input_t = log i_t - m_t
 * read_j  = e^(sum of the decays of the chunk up to j)
 * write_l = e^(sum of the decays of the chunk after l + input_l)
 * keep    = e^(sum of all decays of the chunk)
 * </pre>
 *
 * <p>No exponent is positive, and differences of long sums are never taken. A reset is a decay of
 * {@link #CUT}, across which every weight is exactly zero.
 */
final class MemoryGateKernels {
  private static final int CHUNK = MemoryLayout.CHUNK;

  /** A logarithm below this forgets everything. */
  private static final float SMALLEST_FORGET = -1e4f;

  /** The logarithm of nothing; a sum of one for each token of a chunk is finite. */
  private static final float CUT = -1e30f;

  private MemoryGateKernels() {}

  /**
   * Writes rowMax, decays, inputs, reads, writes and keeps. A group walks through the chunks of one
   * head of one sequence, {@link MemoryLayout#CHUNK} chunks at a time and a thread each: what a
   * chunk does to m, then m before every chunk, then the tokens.
   */
  static void gates(
      KernelContext context,
      FloatArray logInput,
      int logInputAt,
      FloatArray logForget,
      int logForgetAt,
      FloatArray rowMax,
      int rowMaxAt,
      IntArray firstKeys,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int hasInput,
      int hasForget) {
    float[] totals = context.allocateFloatLocalArray(CHUNK);
    float[] tops = context.allocateFloatLocalArray(CHUNK);
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int inputs = workAt + MemoryLayout.inputs(rows, heads);
    int reads = workAt + MemoryLayout.reads(rows, heads);
    int writes = workAt + MemoryLayout.writes(rows, heads);
    int keeps = workAt + MemoryLayout.keeps(rows, heads, keyWidth);
    int items = MemoryLayout.sequences(rows, time) * heads;
    for (int item = context.groupIdx; item < items; item += groups) {
      int firstRow = item / heads * time;
      float carried = 0f;
      for (int round = 0; round < chunks; round += CHUNK) {
        int from = (round + thread) * CHUNK;
        int to = TornadoMath.min(from + CHUNK, time);
        float total = 0f;
        float top = CUT;
        for (int t = from; t < to; t++) {
          int at = (firstRow + t) * heads + item % heads;
          float forget = forget(logForget, logForgetAt + at, hasForget);
          float input = gate(logInput, logInputAt + at, hasInput);
          if (resets(firstKeys.get(firstRow + t), t) > 0) {
            total = CUT;
            top = TornadoMath.max(forget, input);
          } else {
            total += forget;
            top = TornadoMath.max(top + forget, input);
          }
        }
        totals[thread] = total;
        tops[thread] = top;
        context.localBarrier();
        float before = carried;
        for (int c = 0; c < CHUNK; c++) {
          before = c == thread ? carried : before;
          carried = TornadoMath.max(carried + totals[c], tops[c]);
        }
        context.localBarrier();
        float sum = 0f;
        for (int t = from; t < to; t++) {
          int at = (firstRow + t) * heads + item % heads;
          float forget = forget(logForget, logForgetAt + at, hasForget);
          float input = gate(logInput, logInputAt + at, hasInput);
          int reset = resets(firstKeys.get(firstRow + t), t);
          before = reset > 0 ? 0f : before;
          float next = TornadoMath.max(forget + before, input);
          float decay = reset > 0 ? CUT : forget - (next - before);
          sum += decay;
          rowMax.set(rowMaxAt + at, next);
          work.set(workAt + at, decay);
          work.set(inputs + at, notBelow(input - next, CUT));
          work.set(reads + at, TornadoMath.exp(sum));
          before = next;
        }
        if (from < time) {
          work.set(keeps + item * chunks + round + thread, TornadoMath.exp(sum));
        }
        float after = 0f;
        for (int t = to - 1; t >= from; t--) {
          int at = (firstRow + t) * heads + item % heads;
          work.set(writes + at, TornadoMath.exp(after + work.get(inputs + at)));
          after += work.get(workAt + at);
        }
      }
    }
  }

  /**
   * The gradients of the gates. With {@code x_ul} the third matrix of the chunk, {@code p_u = q_u .
   * dq_u} and {@code w_l = k_l . dk_l} of the parts of dq and dk that go through the states:
   *
   * <pre>
   * dlog i_l = sum_u x_ul + w_l
   * dlog f_j = sum_{l < j <= u} x_ul + sum_{u >= j} p_u + sum_{l < j} w_l + keep <C, dC>
   * </pre>
   *
   * <p>Every term is what passes token j, so nothing cancels; at a reset all are zero. A group is a
   * chunk of a head, a thread a token.
   */
  static void gradients(
      KernelContext context,
      FloatArray dLogInput,
      int dLogInputAt,
      FloatArray dLogForget,
      int dLogForgetAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      int hasInput,
      int hasForget) {
    float[] products = context.allocateFloatLocalArray(CHUNK * (CHUNK + 1));
    float[] queryDots = context.allocateFloatLocalArray(CHUNK);
    float[] keyDots = context.allocateFloatLocalArray(CHUNK);
    float[] stateDots = context.allocateFloatLocalArray(CHUNK);
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int size = MemoryLayout.stateSize(keyWidth, valueWidth);
    int pieces = MemoryLayout.tiles(keyWidth);
    int queryParts = workAt + MemoryLayout.queryParts(rows, heads);
    int keyParts = workAt + MemoryLayout.keyParts(rows, heads, keyWidth);
    int keeps = workAt + MemoryLayout.keeps(rows, heads, keyWidth);
    int states = workAt + MemoryLayout.states(rows, time, heads, keyWidth);
    int slopes = workAt + MemoryLayout.slopes(rows, time, heads, keyWidth, valueWidth);
    int matrices = workAt + MemoryLayout.matrix(2, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int chunk = item % chunks;
      int sequenceHead = item / chunks;
      int from = chunk * CHUNK;
      int tokens = TornadoMath.min(CHUNK, time - from);
      int row = sequenceHead / heads * time + from + TornadoMath.min(thread, tokens - 1);
      int at = row * heads + sequenceHead % heads;
      int live = thread < tokens ? 1 : 0;
      for (int e = thread; e < CHUNK * CHUNK; e += CHUNK) {
        products[e / CHUNK * (CHUNK + 1) + e % CHUNK] =
            work.get(matrices + item * CHUNK * CHUNK + e);
      }
      float queryDot = 0f;
      float keyDot = 0f;
      for (int p = 0; p < pieces; p++) {
        queryDot += work.get(queryParts + at * pieces + p);
        keyDot += work.get(keyParts + at * pieces + p);
      }
      queryDots[thread] = live > 0 ? queryDot : 0f;
      keyDots[thread] = live > 0 ? keyDot : 0f;
      int state = states + (sequenceHead * (chunks + 1) + chunk) * size;
      int slope = slopes + (sequenceHead * (chunks + 1) + chunk + 1) * size;
      float along = 0f;
      for (int e = thread; e < size; e += CHUNK) {
        along += work.get(state + e) * work.get(slope + e);
      }
      stateDots[thread] = along;
      context.localBarrier();
      float written = keyDots[thread];
      for (int u = 0; u < CHUNK; u++) {
        written += products[u * (CHUNK + 1) + thread];
      }
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
      float keep = work.get(keeps + item);
      passing = keep == 0f ? 0f : keep * passing;
      for (int l = 0; l < thread; l++) {
        passing += keyDots[l];
      }
      for (int u = thread; u < CHUNK; u++) {
        passing += queryDots[u] + products[u * (CHUNK + 1) + thread];
      }
      context.localBarrier();
      if (live > 0 && hasInput > 0) {
        dLogInput.set(dLogInputAt + at, written);
      }
      if (live > 0 && hasForget > 0) {
        dLogForget.set(dLogForgetAt + at, passing);
      }
    }
  }

  /** log f, or {@link #SMALLEST_FORGET} where it is less; 0 without the gate. */
  private static float forget(FloatArray logForget, int at, int hasForget) {
    return notBelow(gate(logForget, at, hasForget), SMALLEST_FORGET);
  }

  /** The larger one; NaN stays, which a device's maximum would hide. */
  private static float notBelow(float x, float least) {
    return x < least ? least : x;
  }

  private static float gate(FloatArray logarithm, int at, int has) {
    return has > 0 ? logarithm.get(at) : 0f;
  }

  /** 1 where token {@code t} of a sequence is the first of a document, but not of the sequence. */
  private static int resets(int firstKey, int t) {
    return t > 0 && firstKey == t ? 1 : 0;
  }
}
