package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
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
 * delta_t = dy_t . y_t;        ds_tj = p_tj (dy_t . v_j - delta_t) (1 - (s_tj / cap)²)
 * dq_t = scale sum_j ds_tj k_j
 * dk_j = scale sum_t ds_tj q_t;   dv_j = sum_t p_tj dy_t
 * </pre>
 *
 * <p>Where hasSinks is 1, sinks [heads] are one more score of every query of a head, without a
 * value. q, dq [rows, heads * headWidth]; y, dy [rows, heads * valueWidth]; k, dk [rows, keyHeads *
 * headWidth]; v, dv [rows, keyHeads * valueWidth]; sums, delta [rows, heads]. The rows are
 * sequences of {@code time} tokens; firstKeys [rows] is an index within the sequence and never
 * decreases in it. What is constant and plain in a call costs nothing: the compiler of the device
 * drops it.
 *
 * <p>A group of {@link #BLOCK} threads holds so many neighbouring tokens of one head, a thread
 * each; the other side of the scores goes through local memory, {@link #TILE} tokens at a time, and
 * only where the band of the group's tokens is. Groups take more than one block where there are
 * fewer groups than blocks. Threads past the end of a sequence repeat its last token and write
 * nothing.
 */
public final class AttentionKernels {
  /** Threads of a group, which is tokens of a block. */
  public static final int BLOCK = 64;

  /** Tokens in local memory: with two rows of 128 floats each, 32 KiB. A multiple of 4. */
  private static final int TILE = 32;

  /** Below every score, and finite. */
  private static final float LOWEST = -3e38f;

  private AttentionKernels() {}

  /** Threads for {@link #forward} and {@link #gradientOfQueries}. */
  public static WorkerGrid queryGrid(int batch, int time, int heads) {
    int blocks = (time + BLOCK - 1) / BLOCK;
    int groups = Math.max(1, Math.multiplyExact(batch * blocks, heads));
    var grid = new WorkerGrid1D(Math.multiplyExact(groups, BLOCK));
    grid.setLocalWork(BLOCK, 1, 1);
    return grid;
  }

  /** Threads for {@link #gradientOfKeys}. */
  public static WorkerGrid keyGrid(int batch, int time, int keyHeads) {
    return queryGrid(batch, time, keyHeads);
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
    float[] keys = context.allocateFloatLocalArray(TILE * headWidth);
    float[] values = context.allocateFloatLocalArray(TILE * valueWidth);
    float[] query = new float[headWidth];
    float[] total = new float[valueWidth];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / BLOCK;
    int blocks = (time + BLOCK - 1) / BLOCK;
    int items = rows / TornadoMath.max(time, 1) * blocks * heads;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item % heads;
      int keyHead = head * keyHeads / heads;
      int start = item / heads % blocks * BLOCK;
      int sequence = item / heads / blocks * time;
      int last = TornadoMath.min(start + BLOCK, time) - 1;
      int own = TornadoMath.min(start + thread, last);
      int first = firstKey(firstKeys, sequence, own, window, chunk);
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
      for (int tile = firstKey(firstKeys, sequence, start, window, chunk);
          tile <= last;
          tile += TILE) {
        for (int e = thread; e < TILE * headWidth; e += BLOCK) {
          int row = sequence + TornadoMath.min(tile + e / headWidth, last);
          int at = (row * keyHeads + keyHead) * headWidth + e % headWidth;
          keys[e] = k.get(kAt + at);
          if (valueWidth == headWidth) {
            values[e] = v.get(vAt + at);
          }
        }
        if (valueWidth != headWidth) {
          for (int e = thread; e < TILE * valueWidth; e += BLOCK) {
            int row = sequence + TornadoMath.min(tile + e / valueWidth, last);
            int at = (row * keyHeads + keyHead) * valueWidth + e % valueWidth;
            values[e] = v.get(vAt + at);
          }
        }
        context.localBarrier();
        for (int j = 0; j < TILE; j += 4) {
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
            s0 = seen(key, first, own) > 0 ? s0 : LOWEST;
            s1 = seen(key + 1, first, own) > 0 ? s1 : LOWEST;
            s2 = seen(key + 2, first, own) > 0 ? s2 : LOWEST;
            s3 = seen(key + 3, first, own) > 0 ? s3 : LOWEST;
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

  /** Writes delta and dq. */
  public static void gradientOfQueries(
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
      FloatArray dy,
      int dyAt,
      FloatArray delta,
      int deltaAt,
      FloatArray dq,
      int dqAt,
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
    float[] keys = context.allocateFloatLocalArray(TILE * headWidth);
    float[] values = context.allocateFloatLocalArray(TILE * valueWidth);
    float[] query = new float[headWidth];
    float[] slope = new float[valueWidth];
    float[] total = new float[headWidth];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / BLOCK;
    int blocks = (time + BLOCK - 1) / BLOCK;
    int items = rows / TornadoMath.max(time, 1) * blocks * heads;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item % heads;
      int keyHead = head * keyHeads / heads;
      int start = item / heads % blocks * BLOCK;
      int sequence = item / heads / blocks * time;
      int last = TornadoMath.min(start + BLOCK, time) - 1;
      int own = TornadoMath.min(start + thread, last);
      int first = firstKey(firstKeys, sequence, own, window, chunk);
      int rowHead = (sequence + own) * heads + head;
      int queryAt = rowHead * headWidth;
      int outputAt = rowHead * valueWidth;
      float along = 0f;
      for (int c = 0; c < headWidth; c++) {
        query[c] = scale * q.get(qAt + queryAt + c);
        total[c] = 0f;
      }
      for (int c = 0; c < valueWidth; c++) {
        slope[c] = dy.get(dyAt + outputAt + c);
        along += slope[c] * y.get(yAt + outputAt + c);
      }
      float logSum = sums.get(sumsAt + rowHead);
      for (int tile = firstKey(firstKeys, sequence, start, window, chunk);
          tile <= last;
          tile += TILE) {
        for (int e = thread; e < TILE * headWidth; e += BLOCK) {
          int row = sequence + TornadoMath.min(tile + e / headWidth, last);
          int at = (row * keyHeads + keyHead) * headWidth + e % headWidth;
          keys[e] = k.get(kAt + at);
          if (valueWidth == headWidth) {
            values[e] = v.get(vAt + at);
          }
        }
        if (valueWidth != headWidth) {
          for (int e = thread; e < TILE * valueWidth; e += BLOCK) {
            int row = sequence + TornadoMath.min(tile + e / valueWidth, last);
            int at = (row * keyHeads + keyHead) * valueWidth + e % valueWidth;
            values[e] = v.get(vAt + at);
          }
        }
        context.localBarrier();
        for (int j = 0; j < TILE; j += 2) {
          int key = tile + j;
          if (key <= own && key + 1 >= first) {
            int line = j * headWidth;
            int valueLine = j * valueWidth;
            float s0 = 0f;
            float s1 = 0f;
            float d0 = 0f;
            float d1 = 0f;
            for (int c = 0; c < headWidth; c++) {
              s0 += query[c] * keys[line + c];
              s1 += query[c] * keys[line + headWidth + c];
            }
            for (int c = 0; c < valueWidth; c++) {
              d0 += slope[c] * values[valueLine + c];
              d1 += slope[c] * values[valueLine + valueWidth + c];
            }
            float slope0 = 1f;
            float slope1 = 1f;
            if (cap > 0f) {
              float t0 = TornadoMath.tanh(s0 / cap);
              float t1 = TornadoMath.tanh(s1 / cap);
              s0 = cap * t0;
              s1 = cap * t1;
              slope0 = 1f - t0 * t0;
              slope1 = 1f - t1 * t1;
            }
            float p0 = seen(key, first, own) > 0 ? TornadoMath.exp(s0 - logSum) : 0f;
            float p1 = seen(key + 1, first, own) > 0 ? TornadoMath.exp(s1 - logSum) : 0f;
            d0 = p0 * (d0 - along);
            d1 = p1 * (d1 - along);
            if (cap > 0f) {
              d0 = slope0 * d0;
              d1 = slope1 * d1;
            }
            for (int c = 0; c < headWidth; c++) {
              total[c] += d0 * keys[line + c] + d1 * keys[line + headWidth + c];
            }
          }
        }
        context.localBarrier();
      }
      if (start + thread <= last) {
        for (int c = 0; c < headWidth; c++) {
          dq.set(dqAt + queryAt + c, scale * total[c]);
        }
        delta.set(deltaAt + rowHead, along);
      }
    }
  }

  /** Writes dk and dv; needs the delta of {@link #gradientOfQueries}. */
  public static void gradientOfKeys(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray sums,
      int sumsAt,
      FloatArray dy,
      int dyAt,
      FloatArray delta,
      int deltaAt,
      FloatArray dk,
      int dkAt,
      FloatArray dv,
      int dvAt,
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
    float[] queries = context.allocateFloatLocalArray(TILE * headWidth);
    float[] slopes = context.allocateFloatLocalArray(TILE * valueWidth);
    float[] key = new float[headWidth];
    float[] value = new float[valueWidth];
    float[] keyTotal = new float[headWidth];
    float[] valueTotal = new float[valueWidth];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / BLOCK;
    int blocks = (time + BLOCK - 1) / BLOCK;
    int items = rows / TornadoMath.max(time, 1) * blocks * keyHeads;
    for (int item = context.groupIdx; item < items; item += groups) {
      int keyHead = item % keyHeads;
      int start = item / keyHeads % blocks * BLOCK;
      int sequence = item / keyHeads / blocks * time;
      int last = TornadoMath.min(start + BLOCK, time) - 1;
      int own = TornadoMath.min(start + thread, last);
      int keyAt = ((sequence + own) * keyHeads + keyHead) * headWidth;
      int valueAt = ((sequence + own) * keyHeads + keyHead) * valueWidth;
      for (int c = 0; c < headWidth; c++) {
        key[c] = scale * k.get(kAt + keyAt + c);
        keyTotal[c] = 0f;
      }
      for (int c = 0; c < valueWidth; c++) {
        value[c] = v.get(vAt + valueAt + c);
        valueTotal[c] = 0f;
      }
      int lastQuery = lastQuery(firstKeys, sequence, last, window, chunk, time);
      int endHead = firstHead(keyHead + 1, heads, keyHeads);
      for (int head = firstHead(keyHead, heads, keyHeads); head < endHead; head++) {
        for (int tile = start; tile <= lastQuery; tile += TILE) {
          for (int e = thread; e < TILE * headWidth; e += BLOCK) {
            int row = sequence + TornadoMath.min(tile + e / headWidth, lastQuery);
            int at = (row * heads + head) * headWidth + e % headWidth;
            queries[e] = q.get(qAt + at);
            if (valueWidth == headWidth) {
              slopes[e] = dy.get(dyAt + at);
            }
          }
          if (valueWidth != headWidth) {
            for (int e = thread; e < TILE * valueWidth; e += BLOCK) {
              int row = sequence + TornadoMath.min(tile + e / valueWidth, lastQuery);
              int at = (row * heads + head) * valueWidth + e % valueWidth;
              slopes[e] = dy.get(dyAt + at);
            }
          }
          context.localBarrier();
          for (int i = 0; i < TILE; i++) {
            int query = TornadoMath.min(tile + i, lastQuery);
            int first = firstKey(firstKeys, sequence, query, window, chunk);
            if (tile + i <= lastQuery && seen(own, first, query) > 0) {
              int rowHead = (sequence + query) * heads + head;
              int line = i * headWidth;
              float score = 0f;
              float along = 0f;
              int valueLine = i * valueWidth;
              for (int c = 0; c < headWidth; c++) {
                score += key[c] * queries[line + c];
              }
              for (int c = 0; c < valueWidth; c++) {
                along += value[c] * slopes[valueLine + c];
              }
              float slope = 1f;
              if (cap > 0f) {
                float t = TornadoMath.tanh(score / cap);
                score = cap * t;
                slope = 1f - t * t;
              }
              float p = TornadoMath.exp(score - sums.get(sumsAt + rowHead));
              float ds = p * (along - delta.get(deltaAt + rowHead));
              if (cap > 0f) {
                ds = slope * ds;
              }
              for (int c = 0; c < headWidth; c++) {
                keyTotal[c] += ds * queries[line + c];
              }
              for (int c = 0; c < valueWidth; c++) {
                valueTotal[c] += p * slopes[valueLine + c];
              }
            }
          }
          context.localBarrier();
        }
      }
      if (start + thread <= last) {
        for (int c = 0; c < headWidth; c++) {
          dk.set(dkAt + keyAt + c, scale * keyTotal[c]);
        }
        for (int c = 0; c < valueWidth; c++) {
          dv.set(dvAt + valueAt + c, valueTotal[c]);
        }
      }
    }
  }

  /** Threads for {@link #gradientOfSinks}: a group for each head. */
  public static WorkerGrid sinkGrid(int heads) {
    var grid = new WorkerGrid1D(Math.multiplyExact(heads, BLOCK));
    grid.setLocalWork(BLOCK, 1, 1);
    return grid;
  }

  /**
   * Adds {@code sum_t -e^(sink - sums_t) delta_t} to dSinks; needs the delta of {@link
   * #gradientOfQueries}. Threads take every {@link #BLOCK}th row, and their sums are added in
   * order.
   */
  public static void gradientOfSinks(
      KernelContext context,
      FloatArray sinks,
      int sinksAt,
      FloatArray sums,
      int sumsAt,
      FloatArray delta,
      int deltaAt,
      FloatArray dSinks,
      int dSinksAt,
      int rows,
      int heads) {
    float[] parts = context.allocateFloatLocalArray(BLOCK);
    int thread = context.localIdx;
    int head = context.groupIdx;
    float sink = sinks.get(sinksAt + head);
    float part = 0f;
    for (int row = thread; row < rows; row += BLOCK) {
      int at = row * heads + head;
      part -= TornadoMath.exp(sink - sums.get(sumsAt + at)) * delta.get(deltaAt + at);
    }
    parts[thread] = part;
    context.localBarrier();
    if (thread == 0) {
      float sum = 0f;
      for (int i = 0; i < BLOCK; i++) {
        sum += parts[i];
      }
      dSinks.set(dSinksAt + head, dSinks.get(dSinksAt + head) + sum);
    }
  }

  /** The first key that query {@code t} of the sequence sees. */
  private static int firstKey(IntArray firstKeys, int sequence, int t, int window, int chunk) {
    int document = firstKeys.get(sequence + t);
    int first = TornadoMath.max(document, t - window + 1);
    if (chunk > 0) {
      first = TornadoMath.max(first, t - (t - document) % chunk);
    }
    return first;
  }

  /** 1 where {@code first <= key <= last}, otherwise 0. */
  private static int seen(int key, int first, int last) {
    return key >= first && key <= last ? 1 : 0;
  }

  /**
   * The last query that sees {@code key}, of its document; a sum would overflow for a large window.
   * First keys do not fall from token to token.
   */
  private static int lastQuery(
      IntArray firstKeys, int sequence, int key, int window, int chunk, int time) {
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
  private static int firstHead(int keyHead, int heads, int keyHeads) {
    return (keyHead * heads + keyHeads - 1) / keyHeads;
  }
}
