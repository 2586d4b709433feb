package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the tokens of a chunk do to each other, as matrices [CHUNK, CHUNK], and the triangular
 * system that follows from it. With {@code weight_jl = e^(decays from l + 1 to j - 1)}, what is
 * left of token l where token j begins, and {@code include_jl} the same up to j:
 *
 * <pre>
 * A_jl = -erase_j weight_jl (k_j . k_l), l < j;   P_jl = scale include_jl (q_j . k_l), l <= j
 * Z_jl = weight_jl (db_j . w_l), l < j;           R_jl = scale include_jl (dy_j . w_l), l <= j
 * </pre>
 *
 * <p>Rows and columns past the end of a sequence are zero.
 */
final class DeltaSystemKernels {
  private static final int CHUNK = MemoryLayout.CHUNK;
  private static final int COLUMNS = MemoryLayout.COLUMNS;
  private static final int LINE = MemoryLayout.LINE;

  private DeltaSystemKernels() {}

  /** Writes A, matrix 0, and P, matrix 1. A group is a chunk of a head, a thread a token l. */
  static void scores(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      float scale) {
    float[] keys = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] queries = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] decays = context.allocateFloatLocalArray(CHUNK);
    float[] takes = context.allocateFloatLocalArray(CHUNK);
    float[] overlaps = new float[CHUNK];
    float[] scores = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int systems = workAt + DeltaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int reads = workAt + DeltaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item / chunks % heads;
      int from = item % chunks * CHUNK;
      int firstRow = item / chunks / heads * time + from;
      int last = TornadoMath.min(CHUNK, time - from) - 1;
      int own = (firstRow + TornadoMath.min(thread, last)) * heads + head;
      decays[thread] = work.get(workAt + DeltaLayout.decays(rows, heads) + own);
      takes[thread] = work.get(workAt + own);
      for (int j = 0; j < CHUNK; j++) {
        overlaps[j] = 0f;
        scores[j] = 0f;
      }
      for (int x0 = 0; x0 < keyWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, keyWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int at = (row * heads + head) * keyWidth + x0 + x;
          keys[e / COLUMNS * LINE + e % COLUMNS] = k.get(kAt + at);
          queries[e] = q.get(qAt + at);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float key = keys[thread * LINE + x];
          for (int j = 0; j < CHUNK; j++) {
            overlaps[j] += key * keys[j * LINE + x];
            scores[j] += key * queries[j * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      float sum = 0f;
      for (int j = 0; j < CHUNK; j++) {
        float take = 0f;
        float read = 0f;
        if (j > thread && j <= last) {
          take = DeltaGateKernels.isCut(decays[j]) ? 0f : takes[j] * TornadoMath.exp(sum);
          sum += decays[j];
        }
        if (j >= thread && j <= last) {
          read = scale * TornadoMath.exp(sum);
        }
        int to = (item * CHUNK + j) * CHUNK + thread;
        work.set(systems + to, take * overlaps[j]);
        work.set(reads + to, read * scores[j]);
      }
      context.localBarrier();
    }
  }

  /**
   * Writes R, matrix 2, and Z, matrix 3, and multiplies A and P by the products that are in them. A
   * group is a chunk of a head, a thread a token l.
   */
  static void scoreSlopes(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      float scale) {
    float[] written = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] outputs = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] sides = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] decays = context.allocateFloatLocalArray(CHUNK);
    float[] reads = new float[CHUNK];
    float[] takes = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int w = workAt + DeltaLayout.written(rows, time, heads, keyWidth, valueWidth);
    int db = workAt + DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth);
    int system = workAt + DeltaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int scores = workAt + DeltaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth);
    int readSlopes = workAt + DeltaLayout.matrix(2, rows, time, heads, keyWidth, valueWidth);
    int takeSlopes = workAt + DeltaLayout.matrix(3, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item / chunks % heads;
      int from = item % chunks * CHUNK;
      int firstRow = item / chunks / heads * time + from;
      int last = TornadoMath.min(CHUNK, time - from) - 1;
      int own = (firstRow + TornadoMath.min(thread, last)) * heads + head;
      decays[thread] = work.get(workAt + DeltaLayout.decays(rows, heads) + own);
      for (int j = 0; j < CHUNK; j++) {
        reads[j] = 0f;
        takes[j] = 0f;
      }
      for (int x0 = 0; x0 < valueWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, valueWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int at = (row * heads + head) * valueWidth + x0 + x;
          written[e / COLUMNS * LINE + e % COLUMNS] = work.get(w + at);
          outputs[e] = dy.get(dyAt + at);
          sides[e] = work.get(db + at);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float value = written[thread * LINE + x];
          for (int j = 0; j < CHUNK; j++) {
            reads[j] += value * outputs[j * COLUMNS + x];
            takes[j] += value * sides[j * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      float sum = 0f;
      for (int j = 0; j < CHUNK; j++) {
        float weight = 0f;
        float include = 0f;
        if (j > thread && j <= last) {
          weight = DeltaGateKernels.isCut(decays[j]) ? 0f : TornadoMath.exp(sum);
          sum += decays[j];
        }
        if (j >= thread && j <= last) {
          include = scale * TornadoMath.exp(sum);
        }
        int at = (item * CHUNK + j) * CHUNK + thread;
        work.set(readSlopes + at, include * reads[j]);
        work.set(takeSlopes + at, weight * takes[j]);
        work.set(scores + at, work.get(scores + at) * reads[j]);
        work.set(system + at, work.get(system + at) * takes[j]);
      }
      context.localBarrier();
    }
  }

  /**
   * Solves {@code x = b + A x} by substitution, for the right sides {@code write v} and {@code
   * -erase before k}: writes known and seen. A thread is a column of them.
   */
  static void solve(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray write,
      int writeAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    float[] system = context.allocateFloatLocalArray(CHUNK * CHUNK);
    float[] solved = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int befores = workAt + DeltaLayout.befores(rows, heads);
    int known = workAt + DeltaLayout.known(rows, time, heads, keyWidth);
    int seen = workAt + DeltaLayout.seen(rows, time, heads, keyWidth, valueWidth);
    int systems = workAt + DeltaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int tiles = DeltaKernels.threadTiles(keyWidth + valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks * tiles;
    for (int item = context.groupIdx; item < items; item += groups) {
      int chunk = item / tiles % chunks;
      int sequenceHead = item / tiles / chunks;
      int firstRow = sequenceHead / heads * time + chunk * CHUNK;
      int tokens = TornadoMath.min(CHUNK, time - chunk * CHUNK);
      int column = item % tiles * CHUNK + thread;
      for (int j = 0; j < CHUNK; j++) {
        solved[j] = 0f;
      }
      for (int e = thread; e < CHUNK * CHUNK; e += CHUNK) {
        system[e] = work.get(systems + item / tiles * CHUNK * CHUNK + e);
      }
      context.localBarrier();
      for (int j = 0; j < tokens; j++) {
        int at = (firstRow + j) * heads + sequenceHead % heads;
        float x = 0f;
        if (column < valueWidth) {
          x = write.get(writeAt + at) * v.get(vAt + at * valueWidth + column);
        } else if (column < valueWidth + keyWidth) {
          float factor = work.get(workAt + at) * work.get(befores + at);
          x = factor * k.get(kAt + at * keyWidth + column - valueWidth);
        }
        for (int l = 0; l < j; l++) {
          x += system[j * CHUNK + l] * solved[l];
        }
        solved[j] = x;
        if (column < valueWidth) {
          work.set(known + at * valueWidth + column, x);
        } else if (column < valueWidth + keyWidth) {
          work.set(seen + at * keyWidth + column - valueWidth, x);
        }
      }
      context.localBarrier();
    }
  }

  /** Solves {@code x = b + Aᵀ x} in the slopes of what is written. A thread is a column. */
  static void solveTransposed(
      KernelContext context,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    float[] system = context.allocateFloatLocalArray(CHUNK * CHUNK);
    float[] solved = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int sides = workAt + DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth);
    int systems = workAt + DeltaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int tiles = DeltaKernels.threadTiles(valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks * tiles;
    for (int item = context.groupIdx; item < items; item += groups) {
      int chunk = item / tiles % chunks;
      int sequenceHead = item / tiles / chunks;
      int firstRow = sequenceHead / heads * time + chunk * CHUNK;
      int tokens = TornadoMath.min(CHUNK, time - chunk * CHUNK);
      int column = item % tiles * CHUNK + thread;
      for (int j = 0; j < CHUNK; j++) {
        solved[j] = 0f;
      }
      for (int e = thread; e < CHUNK * CHUNK; e += CHUNK) {
        system[e] = work.get(systems + item / tiles * CHUNK * CHUNK + e);
      }
      context.localBarrier();
      for (int l = tokens - 1; l >= 0; l--) {
        int at = ((firstRow + l) * heads + sequenceHead % heads) * valueWidth;
        float x = 0f;
        if (column < valueWidth) {
          x = work.get(sides + at + column);
        }
        for (int j = l + 1; j < tokens; j++) {
          x += system[j * CHUNK + l] * solved[j];
        }
        solved[l] = x;
        if (column < valueWidth) {
          work.set(sides + at + column, x);
        }
      }
      context.localBarrier();
    }
  }

  /**
   * The states at the borders of chunks, which hold what each chunk adds: {@code S' += keep S +
   * move S}. Where {@code back} is 1, their gradients from the last chunk on, and the move is
   * transposed. A thread is a column of a state.
   */
  static void walk(
      KernelContext context,
      FloatArray work,
      int workAt,
      int states,
      int back,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    float[] tile = context.allocateFloatLocalArray(COLUMNS * LINE);
    float[] total = new float[COLUMNS];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int size = keyWidth * valueWidth;
    int keeps = workAt + DeltaLayout.keeps(rows, heads, keyWidth);
    int carries = workAt + DeltaLayout.carries(rows, time, heads, keyWidth);
    int moves = workAt + DeltaLayout.moves(rows, time, heads, keyWidth, valueWidth);
    int tiles = DeltaKernels.threadTiles(valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * tiles;
    for (int item = context.groupIdx; item < items; item += groups) {
      int column = item % tiles * CHUNK + thread;
      int first = workAt + states + item / tiles * (chunks + 1) * size;
      for (int r = 0; r < keyWidth; r++) {
        if (column < valueWidth) {
          work.set(first + (back > 0 ? chunks : 0) * size + r * valueWidth + column, 0f);
        }
      }
      for (int step = 0; step < chunks; step++) {
        int chunk = back > 0 ? chunks - 1 - step : step;
        int slot = item / tiles * chunks + chunk;
        int from = first + (back > 0 ? chunk + 1 : chunk) * size + column;
        int to = first + (back > 0 ? chunk : chunk + 1) * size + column;
        int move = moves + slot * keyWidth * keyWidth;
        float keep = work.get(keeps + slot);
        float carried = work.get(carries + slot);
        for (int r0 = 0; r0 < keyWidth; r0 += COLUMNS) {
          for (int r = 0; r < COLUMNS; r++) {
            total[r] = 0f;
          }
          for (int x0 = 0; x0 < keyWidth; x0 += COLUMNS) {
            int length = TornadoMath.min(COLUMNS, keyWidth - x0);
            for (int e = thread; e < COLUMNS * COLUMNS; e += CHUNK) {
              int slow = e / COLUMNS;
              int fast = e % COLUMNS;
              if (back > 0) {
                int x = TornadoMath.min(x0 + slow, keyWidth - 1);
                int r = TornadoMath.min(r0 + fast, keyWidth - 1);
                tile[slow * LINE + fast] = work.get(move + x * keyWidth + r);
              } else {
                int x = TornadoMath.min(x0 + fast, keyWidth - 1);
                int r = TornadoMath.min(r0 + slow, keyWidth - 1);
                tile[fast * LINE + slow] = work.get(move + r * keyWidth + x);
              }
            }
            context.localBarrier();
            for (int x = 0; x < length; x++) {
              float value = 0f;
              if (column < valueWidth) {
                value = work.get(from + (x0 + x) * valueWidth);
              }
              for (int r = 0; r < COLUMNS; r++) {
                total[r] += tile[x * LINE + r] * value;
              }
            }
            context.localBarrier();
          }
          for (int r = 0; r < COLUMNS; r++) {
            if (column < valueWidth && r0 + r < keyWidth && carried > 0f) {
              int at = (r0 + r) * valueWidth;
              float value = work.get(to + at) + keep * work.get(from + at) + total[r];
              work.set(to + at, value);
            }
          }
        }
      }
    }
  }
}
