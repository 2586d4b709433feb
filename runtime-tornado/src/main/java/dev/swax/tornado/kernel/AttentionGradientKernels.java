package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The gradient of {@link AttentionKernels}, with the same arguments and groups:
 *
 * <pre>
 * delta_t = dy_t . y_t;        ds_tj = p_tj (dy_t . v_j - delta_t) (1 - (s_tj / cap)²)
 * dq_t = scale sum_j ds_tj k_j
 * dk_j = scale sum_t ds_tj q_t;   dv_j = sum_t p_tj dy_t
 * </pre>
 *
 * <p>dq, dy, dk and dv are as large as q, y, k and v; delta [rows, heads].
 */
public final class AttentionGradientKernels {
  private AttentionGradientKernels() {}

  /** Threads for {@link #gradientOfQueries}. */
  public static WorkerGrid queryGrid(int batch, int time, int heads) {
    return AttentionBand.grid(batch, time, heads);
  }

  /** Threads for {@link #gradientOfKeys}. */
  public static WorkerGrid keyGrid(int batch, int time, int keyHeads) {
    return AttentionBand.grid(batch, time, keyHeads);
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
    float[] keys = context.allocateFloatLocalArray(AttentionBand.TILE * headWidth);
    float[] values = context.allocateFloatLocalArray(AttentionBand.TILE * valueWidth);
    float[] query = new float[headWidth];
    float[] slope = new float[valueWidth];
    float[] total = new float[headWidth];
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
        for (int j = 0; j < AttentionBand.TILE; j += 2) {
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
            float p0 = AttentionBand.seen(key, first, own) > 0 ? TornadoMath.exp(s0 - logSum) : 0f;
            float p1 =
                AttentionBand.seen(key + 1, first, own) > 0 ? TornadoMath.exp(s1 - logSum) : 0f;
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
    float[] queries = context.allocateFloatLocalArray(AttentionBand.TILE * headWidth);
    float[] slopes = context.allocateFloatLocalArray(AttentionBand.TILE * valueWidth);
    float[] key = new float[headWidth];
    float[] value = new float[valueWidth];
    float[] keyTotal = new float[headWidth];
    float[] valueTotal = new float[valueWidth];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / AttentionBand.BLOCK;
    int blocks = (time + AttentionBand.BLOCK - 1) / AttentionBand.BLOCK;
    int items = rows / TornadoMath.max(time, 1) * blocks * keyHeads;
    for (int item = context.groupIdx; item < items; item += groups) {
      int keyHead = item % keyHeads;
      int start = item / keyHeads % blocks * AttentionBand.BLOCK;
      int sequence = item / keyHeads / blocks * time;
      int last = TornadoMath.min(start + AttentionBand.BLOCK, time) - 1;
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
      int lastQuery = AttentionBand.lastQuery(firstKeys, sequence, last, window, chunk, time);
      int endHead = AttentionBand.firstHead(keyHead + 1, heads, keyHeads);
      for (int head = AttentionBand.firstHead(keyHead, heads, keyHeads); head < endHead; head++) {
        for (int tile = start; tile <= lastQuery; tile += AttentionBand.TILE) {
          for (int e = thread; e < AttentionBand.TILE * headWidth; e += AttentionBand.BLOCK) {
            int row = sequence + TornadoMath.min(tile + e / headWidth, lastQuery);
            int at = (row * heads + head) * headWidth + e % headWidth;
            queries[e] = q.get(qAt + at);
            if (valueWidth == headWidth) {
              slopes[e] = dy.get(dyAt + at);
            }
          }
          if (valueWidth != headWidth) {
            for (int e = thread; e < AttentionBand.TILE * valueWidth; e += AttentionBand.BLOCK) {
              int row = sequence + TornadoMath.min(tile + e / valueWidth, lastQuery);
              int at = (row * heads + head) * valueWidth + e % valueWidth;
              slopes[e] = dy.get(dyAt + at);
            }
          }
          context.localBarrier();
          for (int i = 0; i < AttentionBand.TILE; i++) {
            int query = TornadoMath.min(tile + i, lastQuery);
            int first = AttentionBand.firstKey(firstKeys, sequence, query, window, chunk);
            if (tile + i <= lastQuery && AttentionBand.seen(own, first, query) > 0) {
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
    var grid = new WorkerGrid1D(Math.multiplyExact(heads, AttentionBand.BLOCK));
    grid.setLocalWork(AttentionBand.BLOCK, 1, 1);
    return grid;
  }

  /**
   * Adds {@code sum_t -e^(sink - sums_t) delta_t} to dSinks; needs the delta of {@link
   * #gradientOfQueries}. Threads take every {@link AttentionBand#BLOCK}th row, and their sums are
   * added in order.
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
    float[] parts = context.allocateFloatLocalArray(AttentionBand.BLOCK);
    int thread = context.localIdx;
    int head = context.groupIdx;
    float sink = sinks.get(sinksAt + head);
    float part = 0f;
    for (int row = thread; row < rows; row += AttentionBand.BLOCK) {
      int at = row * heads + head;
      part -= TornadoMath.exp(sink - sums.get(sumsAt + at)) * delta.get(deltaAt + at);
    }
    parts[thread] = part;
    context.localBarrier();
    if (thread == 0) {
      float sum = 0f;
      for (int i = 0; i < AttentionBand.BLOCK; i++) {
        sum += parts[i];
      }
      dSinks.set(dSinksAt + head, dSinks.get(dSinksAt + head) + sum);
    }
  }
}
