package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The products of {@link MemoryKernels} over tiles: a group computes {@link MemoryLayout#CHUNK}
 * rows, a thread each, times {@link MemoryLayout#COLUMNS} columns; both operands go through local
 * memory.
 *
 * <p>Where {@code extra} is not 0 a row has one more column: 1 where it is {@link #ONE}, the sum's
 * gradient of the token ({@link MemoryLayout#sums}) where it is {@link #SUM}.
 */
final class MemoryProducts {
  /** Rows have no further column. */
  static final int NONE = 0;

  /** The further column is 1: values and n. */
  static final int ONE = 1;

  /** The further column is the gradient of the sum. */
  static final int SUM = 2;

  private static final int CHUNK = MemoryLayout.CHUNK;
  private static final int COLUMNS = MemoryLayout.COLUMNS;
  private static final int LINE = MemoryLayout.LINE;

  private MemoryProducts() {}

  /**
   * What the tokens x of a chunk add to a state: {@code slot[r, c] = sum_x factor_x left_x[r]
   * right_x[c]} with right [V + 1]. The slot is the chunk's plus {@code shift}.
   */
  static void outer(
      KernelContext context,
      FloatArray left,
      int leftAt,
      FloatArray right,
      int rightAt,
      int extra,
      FloatArray work,
      int workAt,
      int factors,
      int slots,
      int shift,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    float[] leftTile = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] rightTile = context.allocateFloatLocalArray(COLUMNS * LINE);
    float[] total = new float[COLUMNS];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int stateColumns = valueWidth + 1;
    int columnTiles = MemoryLayout.tiles(stateColumns);
    int tiles = columnTiles * ((keyWidth + CHUNK - 1) / CHUNK);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks * tiles;
    for (int item = context.groupIdx; item < items; item += groups) {
      int columnStart = item % columnTiles * COLUMNS;
      int rowStart = item % tiles / columnTiles * CHUNK;
      int chunk = item / tiles % chunks;
      int sequenceHead = item / tiles / chunks;
      int head = sequenceHead % heads;
      int firstRow = sequenceHead / heads * time + chunk * CHUNK;
      int tokens = TornadoMath.min(CHUNK, time - chunk * CHUNK);
      for (int c = 0; c < COLUMNS; c++) {
        total[c] = 0f;
      }
      for (int start = 0; start < tokens; start += COLUMNS) {
        int length = TornadoMath.min(COLUMNS, tokens - start);
        for (int e = thread; e < COLUMNS * CHUNK; e += CHUNK) {
          int token = TornadoMath.min(e / CHUNK, length - 1);
          int at = (firstRow + start + token) * heads + head;
          int r = TornadoMath.min(rowStart + e % CHUNK, keyWidth - 1);
          leftTile[e % CHUNK * LINE + e / CHUNK] =
              work.get(workAt + factors + at) * left.get(leftAt + at * keyWidth + r);
        }
        for (int e = thread; e < COLUMNS * COLUMNS; e += CHUNK) {
          int token = TornadoMath.min(e / COLUMNS, length - 1);
          int at = (firstRow + start + token) * heads + head;
          rightTile[e / COLUMNS * LINE + e % COLUMNS] =
              value(
                  right,
                  rightAt + at * valueWidth,
                  valueWidth,
                  extra,
                  work,
                  workAt + MemoryLayout.sums(rows, heads) + at,
                  columnStart + e % COLUMNS);
        }
        context.localBarrier();
        for (int x = 0; x < length; x++) {
          float factor = leftTile[thread * LINE + x];
          for (int c = 0; c < COLUMNS; c++) {
            total[c] += factor * rightTile[x * LINE + c];
          }
        }
        context.localBarrier();
      }
      int slot = (sequenceHead * (chunks + 1) + chunk + shift) * keyWidth + rowStart + thread;
      for (int c = 0; c < COLUMNS; c++) {
        if (rowStart + thread < keyWidth && columnStart + c < stateColumns) {
          work.set(workAt + slots + slot * stateColumns + columnStart + c, total[c]);
        }
      }
    }
  }

  /**
   * What the tokens j of a chunk get through a state and from each other: {@code out_j[c] =
   * factor_j sum_x left_j[x] S[x, c] + sum_l M[j, l] right_l[c]}. There are four of these:
   *
   * <pre>
   * toKeys later  out  left   S                       M
   * 0      0      y    q      state before the chunk  matrix 0
   * 1      0      dq   dy, s  the same, transposed    matrix 1
   * 1      1      dk   v, 1   slope after, transposed matrix 1, transposed
   * 0      1      dv   k      slope after             matrix 0, transposed
   * </pre>
   *
   * <p>Where {@code toKeys} is 1, {@code own_j . (the first of the two sums)} over each tile goes
   * to the parts of queries or keys.
   */
  static void through(
      KernelContext context,
      FloatArray left,
      int leftAt,
      FloatArray right,
      int rightAt,
      FloatArray own,
      int ownAt,
      FloatArray out,
      int outAt,
      FloatArray work,
      int workAt,
      int toKeys,
      int later,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    int leftWidth = toKeys > 0 ? valueWidth : keyWidth;
    int outWidth = toKeys > 0 ? keyWidth : valueWidth;
    int extra = toKeys > 0 ? (later > 0 ? ONE : SUM) : NONE;
    int factors = later > 0 ? MemoryLayout.writes(rows, heads) : MemoryLayout.factors(rows, heads);
    int slots =
        later > 0
            ? MemoryLayout.slopes(rows, time, heads, keyWidth, valueWidth)
            : MemoryLayout.states(rows, time, heads, keyWidth);
    int matrices = MemoryLayout.matrix(toKeys, rows, time, heads, keyWidth, valueWidth);
    int parts =
        later > 0
            ? MemoryLayout.keyParts(rows, heads, keyWidth)
            : MemoryLayout.queryParts(rows, heads);
    float[] leftTile = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] rightTile = context.allocateFloatLocalArray(COLUMNS * LINE);
    float[] total = new float[COLUMNS];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int stateColumns = valueWidth + 1;
    int inner = leftWidth + (extra == NONE ? 0 : 1);
    int tiles = MemoryLayout.tiles(outWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks * tiles;
    for (int item = context.groupIdx; item < items; item += groups) {
      int columnStart = item % tiles * COLUMNS;
      int chunk = item / tiles % chunks;
      int sequenceHead = item / tiles / chunks;
      int head = sequenceHead % heads;
      int firstRow = sequenceHead / heads * time + chunk * CHUNK;
      int last = TornadoMath.min(CHUNK, time - chunk * CHUNK) - 1;
      int ownAtRow = (firstRow + TornadoMath.min(thread, last)) * heads + head;
      int slot =
          workAt + slots + (sequenceHead * (chunks + 1) + chunk + later) * keyWidth * stateColumns;
      int matrix = workAt + matrices + (sequenceHead * chunks + chunk) * CHUNK * CHUNK;
      for (int c = 0; c < COLUMNS; c++) {
        total[c] = 0f;
      }
      for (int start = 0; start < inner; start += COLUMNS) {
        int length = TornadoMath.min(COLUMNS, inner - start);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int at = (firstRow + TornadoMath.min(e / COLUMNS, last)) * heads + head;
          leftTile[e / COLUMNS * LINE + e % COLUMNS] =
              value(
                  left,
                  leftAt + at * leftWidth,
                  leftWidth,
                  extra,
                  work,
                  workAt + MemoryLayout.sums(rows, heads) + at,
                  start + e % COLUMNS);
        }
        for (int e = thread; e < COLUMNS * COLUMNS; e += CHUNK) {
          int slow = e / COLUMNS;
          int fast = e % COLUMNS;
          if (toKeys > 0) {
            int x = TornadoMath.min(start + fast, inner - 1);
            int c = TornadoMath.min(columnStart + slow, outWidth - 1);
            rightTile[fast * LINE + slow] = work.get(slot + c * stateColumns + x);
          } else {
            int x = TornadoMath.min(start + slow, inner - 1);
            int c = TornadoMath.min(columnStart + fast, outWidth - 1);
            rightTile[slow * LINE + fast] = work.get(slot + x * stateColumns + c);
          }
        }
        context.localBarrier();
        for (int x = 0; x < length; x++) {
          float factor = leftTile[thread * LINE + x];
          for (int c = 0; c < COLUMNS; c++) {
            total[c] += factor * rightTile[x * LINE + c];
          }
        }
        context.localBarrier();
      }
      float factorHere = work.get(workAt + factors + ownAtRow);
      float along = 0f;
      for (int c = 0; c < COLUMNS; c++) {
        total[c] *= factorHere;
        if (toKeys > 0 && columnStart + c < outWidth) {
          along += total[c] * own.get(ownAt + ownAtRow * outWidth + columnStart + c);
        }
      }
      if (toKeys > 0 && thread <= last) {
        work.set(workAt + parts + ownAtRow * tiles + item % tiles, along);
      }
      for (int start = 0; start < CHUNK; start += COLUMNS) {
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          if (later > 0) {
            int line = start + e / CHUNK;
            leftTile[e % CHUNK * LINE + e / CHUNK] = work.get(matrix + line * CHUNK + e % CHUNK);
          } else {
            int column = start + e % COLUMNS;
            leftTile[e / COLUMNS * LINE + e % COLUMNS] =
                work.get(matrix + e / COLUMNS * CHUNK + column);
          }
        }
        for (int e = thread; e < COLUMNS * COLUMNS; e += CHUNK) {
          int at = (firstRow + TornadoMath.min(start + e / COLUMNS, last)) * heads + head;
          int c = TornadoMath.min(columnStart + e % COLUMNS, outWidth - 1);
          rightTile[e / COLUMNS * LINE + e % COLUMNS] = right.get(rightAt + at * outWidth + c);
        }
        context.localBarrier();
        for (int x = 0; x < COLUMNS; x++) {
          float factor = leftTile[thread * LINE + x];
          for (int c = 0; c < COLUMNS; c++) {
            total[c] += factor * rightTile[x * LINE + c];
          }
        }
        context.localBarrier();
      }
      for (int c = 0; c < COLUMNS; c++) {
        if (thread <= last && columnStart + c < outWidth) {
          out.set(outAt + ownAtRow * outWidth + columnStart + c, total[c]);
        }
      }
    }
  }

  /** One value of a row of {@code width} and its further column; 0 past it. */
  private static float value(
      FloatArray x, int at, int width, int extra, FloatArray work, int sum, int column) {
    float value = 0f;
    if (column < width) {
      value = x.get(at + column);
    }
    if (column == width && extra == ONE) {
      value = 1f;
    }
    if (column == width && extra == SUM) {
      value = work.get(sum);
    }
    return value;
  }
}
