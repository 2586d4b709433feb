package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Causal softmax attention with grouped heads over a band, never forming the matrix of scores.
 * Query t of a sequence sees the keys {@code max(firstKeys[row], t - window + 1) .. t}, of its own
 * chunk, counted from firstKeys, if chunk is above 0; query head h reads key head {@code h *
 * keyHeads / heads}; with {@code s_tj = scale q_t . k_j}, capped if cap is above 0:
 *
 * <pre>
 * sums_t = log sum_j e^s_tj;   p_tj = e^(s_tj - sums_t);   y_t = sum_j p_tj v_j
 * </pre>
 *
 * <p>Where hasSinks is 1, sinks [heads] are one more score of every query of a head, without a
 * value. q [rows, heads * headWidth]; y [rows, heads * valueWidth]; k [rows, keyHeads * headWidth];
 * v [rows, keyHeads * valueWidth]; sums [rows, heads]. The rows are sequences of {@code time}
 * tokens; firstKeys [rows] is an index within the sequence and never decreases in it. What is
 * constant and plain in a call costs nothing: the compiler of the device drops it.
 *
 * <p>A group of {@link AttentionBand#BLOCK} threads holds so many neighbouring tokens of one head,
 * a thread each; the other side of the scores goes through local memory, {@link AttentionBand#TILE}
 * tokens at a time, and only where the band of the group's tokens is. Groups take more than one
 * block where there are fewer groups than blocks. Threads past the end of a sequence repeat its
 * last token and write nothing.
 */
public final class AttentionKernels {
  /** Below every score, and finite. */
  private static final float LOWEST = -3e38f;

  private AttentionKernels() {}

  /** Threads for {@link #forward}. */
  public static WorkerGrid queryGrid(int batch, int time, int heads) {
    return AttentionBand.grid(batch, time, heads);
  }

  /** Writes y and sums. */
  public static void forward(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray y,
      int yAt,
      FloatArray sums,
      int sumsAt,
      FloatArray sinks,
      int sinksAt,
      int hasSinks,
      IntArray firstKeys,
      int rows,
      int time,
      int window,
      int heads,
      int keyHeads,
      int headWidth,
      int valueWidth,
      float scale,
      float cap,
      int chunk) {
    float[] keys = context.allocateFloatLocalArray(AttentionBand.TILE * headWidth);
    float[] values = context.allocateFloatLocalArray(AttentionBand.TILE * valueWidth);
    float[] query = new float[headWidth];
    float[] total = new float[valueWidth];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / AttentionBand.BLOCK;
    int blocks = (time + AttentionBand.BLOCK - 1) / AttentionBand.BLOCK;
    int items = rows / TornadoMath.max(time, 1) * blocks * heads;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item % heads;
      int keyHead = head * keyHeads / heads;
      int start = item / heads % blocks * AttentionBand.BLOCK;
      int sequence = item / heads / blocks * time;
      int last = TornadoMath.min(start + AttentionBand.BLOCK, time) - 1;
      int own = TornadoMath.min(start + thread, last);
      int first = AttentionBand.firstKey(firstKeys, sequence, own, window, chunk);
      int queryAt = ((sequence + own) * heads + head) * headWidth;
      int outputAt = ((sequence + own) * heads + head) * valueWidth;
      for (int c = 0; c < headWidth; c++) {
        query[c] = scale * q.get(qAt + queryAt + c);
      }
      for (int c = 0; c < valueWidth; c++) {
        total[c] = 0f;
      }
      float top = LOWEST;
      float sum = 0f;
      if (hasSinks == 1) {
        top = sinks.get(sinksAt + head);
        sum = 1f;
      }
      for (int tile = AttentionBand.firstKey(firstKeys, sequence, start, window, chunk);
          tile <= last;
          tile += AttentionBand.TILE) {
        for (int e = thread; e < AttentionBand.TILE * headWidth; e += AttentionBand.BLOCK) {
          int row = sequence + TornadoMath.min(tile + e / headWidth, last);
          int at = (row * keyHeads + keyHead) * headWidth + e % headWidth;
          keys[e] = k.get(kAt + at);
          if (valueWidth == headWidth) {
            values[e] = v.get(vAt + at);
          }
        }
        if (valueWidth != headWidth) {
          for (int e = thread; e < AttentionBand.TILE * valueWidth; e += AttentionBand.BLOCK) {
            int row = sequence + TornadoMath.min(tile + e / valueWidth, last);
            int at = (row * keyHeads + keyHead) * valueWidth + e % valueWidth;
            values[e] = v.get(vAt + at);
          }
        }
        context.localBarrier();
        for (int j = 0; j < AttentionBand.TILE; j += 4) {
          int key = tile + j;
          if (key <= own && key + 3 >= first) {
            int line = j * headWidth;
            float s0 = 0f;
            float s1 = 0f;
            float s2 = 0f;
            float s3 = 0f;
            for (int c = 0; c < headWidth; c++) {
              float x = query[c];
              s0 += x * keys[line + c];
              s1 += x * keys[line + headWidth + c];
              s2 += x * keys[line + 2 * headWidth + c];
              s3 += x * keys[line + 3 * headWidth + c];
            }
            if (cap > 0f) {
              s0 = cap * TornadoMath.tanh(s0 / cap);
              s1 = cap * TornadoMath.tanh(s1 / cap);
              s2 = cap * TornadoMath.tanh(s2 / cap);
              s3 = cap * TornadoMath.tanh(s3 / cap);
            }
            s0 = AttentionBand.seen(key, first, own) > 0 ? s0 : LOWEST;
            s1 = AttentionBand.seen(key + 1, first, own) > 0 ? s1 : LOWEST;
            s2 = AttentionBand.seen(key + 2, first, own) > 0 ? s2 : LOWEST;
            s3 = AttentionBand.seen(key + 3, first, own) > 0 ? s3 : LOWEST;
            float next =
                TornadoMath.max(
                    top, TornadoMath.max(TornadoMath.max(s0, s1), TornadoMath.max(s2, s3)));
            float keep = TornadoMath.exp(top - next);
            s0 = TornadoMath.exp(s0 - next);
            s1 = TornadoMath.exp(s1 - next);
            s2 = TornadoMath.exp(s2 - next);
            s3 = TornadoMath.exp(s3 - next);
            sum = keep * sum + ((s0 + s1) + (s2 + s3));
            top = next;
            int valueLine = j * valueWidth;
            for (int c = 0; c < valueWidth; c++) {
              total[c] =
                  keep * total[c]
                      + ((s0 * values[valueLine + c] + s1 * values[valueLine + valueWidth + c])
                          + (s2 * values[valueLine + 2 * valueWidth + c]
                              + s3 * values[valueLine + 3 * valueWidth + c]));
            }
          }
        }
        context.localBarrier();
      }
      if (start + thread <= last) {
        for (int c = 0; c < valueWidth; c++) {
          y.set(yAt + outputAt + c, total[c] / sum);
        }
        sums.set(sumsAt + (sequence + own) * heads + head, top + TornadoMath.log(sum));
      }
    }
  }
}
