package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The products over tiles of memories whose state is [K, V]: a group computes {@link
 * MemoryLayout#CHUNK} rows, a thread each, times {@link MemoryLayout#COLUMNS} columns; both factors
 * go through local memory.
 *
 * <p>Tensors are [rows, heads * width]. Factors, states, matrices and parts lie in the workspace;
 * where one begins is counted from its begin, and {@link #NONE} says that it is not there. States
 * are [sequences, heads, slots, K, columns], matrices [sequences, heads, chunks, CHUNK, CHUNK].
 * Factors are one a token, or one a token and key channel where their width is K.
 */
final class ChunkProducts {
  static final int NONE = -1;

  private static final int CHUNK = MemoryLayout.CHUNK;
  private static final int COLUMNS = MemoryLayout.COLUMNS;
  private static final int LINE = MemoryLayout.LINE;

  private ChunkProducts() {}

  /**
   * What the tokens x of a chunk add to a state: {@code slot[r, c] = sum_x factor_x left_x[r]
   * right_x[c]}, on top of what is there if {@code add} is 1. The slot is the chunk's plus {@code
   * shift}.
   */
  static void outer(
      KernelContext context,
      FloatArray left,
      int leftAt,
      FloatArray right,
      int rightAt,
      FloatArray work,
      int workAt,
      int factors,
      int factorWidth,
      int states,
      int slots,
      int shift,
      int add,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int columns) {
    float[] leftTile = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] rightTile = context.allocateFloatLocalArray(COLUMNS * LINE);
    float[] total = new float[COLUMNS];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int columnTiles = MemoryLayout.tiles(columns);
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
          float factor = 1f;
          if (factors != NONE) {
            factor = work.get(workAt + factors + at * factorWidth + r % factorWidth);
          }
          leftTile[e % CHUNK * LINE + e / CHUNK] = factor * left.get(leftAt + at * keyWidth + r);
        }
        for (int e = thread; e < COLUMNS * COLUMNS; e += CHUNK) {
          int token = TornadoMath.min(e / COLUMNS, length - 1);
          int at = (firstRow + start + token) * heads + head;
          int c = TornadoMath.min(columnStart + e % COLUMNS, columns - 1);
          rightTile[e / COLUMNS * LINE + e % COLUMNS] = right.get(rightAt + at * columns + c);
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
      int slot = (sequenceHead * slots + chunk + shift) * keyWidth + rowStart + thread;
      int to = workAt + states + slot * columns + columnStart;
      for (int c = 0; c < COLUMNS; c++) {
        if (rowStart + thread < keyWidth && columnStart + c < columns) {
          float more = add > 0 ? work.get(to + c) : 0f;
          work.set(to + c, more + total[c]);
        }
      }
    }
  }

  /**
   * What the tokens j of a chunk get through a state and from each other:
   *
   * <pre>
   * out_j[c] = base_j[c] + factor_j sum_x left_j[x] S[x, c] + sum_l M[j, l] rightFactor_l right_l[c]
   * </pre>
   *
   * <p>{@code toKeys} is 0 where left is K wide and out is V wide, and 1 where S is transposed,
   * left is V wide and out is K wide. A factor for each key channel multiplies what is K wide. M is
   * transposed if {@code transposed} is 1. Each of the three may be absent: base by {@code baseAt},
   * the others by {@code states} and {@code matrices}. The slot of the state is the chunk's plus
   * {@code shift}; there is one slot more than chunks.
   *
   * <p>Where parts are given, the product of {@code own_j} and the second of the three goes there,
   * one number a token and tile.
   */
  static void through(
      KernelContext context,
      FloatArray left,
      int leftAt,
      FloatArray right,
      int rightAt,
      FloatArray own,
      int ownAt,
      FloatArray base,
      int baseAt,
      FloatArray out,
      int outAt,
      FloatArray work,
      int workAt,
      int factors,
      int factorWidth,
      int states,
      int shift,
      int toKeys,
      int matrices,
      int transposed,
      int rightFactors,
      int parts,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    int leftWidth = toKeys > 0 ? valueWidth : keyWidth;
    int outWidth = toKeys > 0 ? keyWidth : valueWidth;
    float[] leftTile = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] rightTile = context.allocateFloatLocalArray(COLUMNS * LINE);
    float[] total = new float[COLUMNS];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int tiles = MemoryLayout.tiles(outWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks * tiles;
    for (int item = context.groupIdx; item < items; item += groups) {
      int columnStart = item % tiles * COLUMNS;
      int chunk = item / tiles % chunks;
      int sequenceHead = item / tiles / chunks;
      int head = sequenceHead % heads;
      int firstRow = sequenceHead / heads * time + chunk * CHUNK;
      int last = TornadoMath.min(CHUNK, time - chunk * CHUNK) - 1;
      int token = (firstRow + TornadoMath.min(thread, last)) * heads + head;
      for (int c = 0; c < COLUMNS; c++) {
        total[c] = 0f;
      }
      if (states != NONE) {
        int slot = sequenceHead * (chunks + 1) + chunk + shift;
        int state = workAt + states + slot * keyWidth * valueWidth;
        for (int start = 0; start < leftWidth; start += COLUMNS) {
          int length = TornadoMath.min(COLUMNS, leftWidth - start);
          for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
            int at = (firstRow + TornadoMath.min(e / COLUMNS, last)) * heads + head;
            int x = TornadoMath.min(start + e % COLUMNS, leftWidth - 1);
            float factor = 1f;
            if (factorWidth > 1 && toKeys == 0) {
              factor = work.get(workAt + factors + at * keyWidth + x);
            }
            leftTile[e / COLUMNS * LINE + e % COLUMNS] =
                factor * left.get(leftAt + at * leftWidth + x);
          }
          for (int e = thread; e < COLUMNS * COLUMNS; e += CHUNK) {
            int slow = e / COLUMNS;
            int fast = e % COLUMNS;
            if (toKeys > 0) {
              int x = TornadoMath.min(start + fast, valueWidth - 1);
              int c = TornadoMath.min(columnStart + slow, keyWidth - 1);
              rightTile[fast * LINE + slow] = work.get(state + c * valueWidth + x);
            } else {
              int x = TornadoMath.min(start + slow, keyWidth - 1);
              int c = TornadoMath.min(columnStart + fast, valueWidth - 1);
              rightTile[slow * LINE + fast] = work.get(state + x * valueWidth + c);
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
        float along = 0f;
        for (int c = 0; c < COLUMNS; c++) {
          int column = TornadoMath.min(columnStart + c, outWidth - 1);
          if (factorWidth == 1) {
            total[c] *= work.get(workAt + factors + token);
          }
          if (factorWidth > 1 && toKeys > 0) {
            total[c] *= work.get(workAt + factors + token * keyWidth + column);
          }
          if (parts != NONE && columnStart + c < outWidth) {
            along += total[c] * own.get(ownAt + token * outWidth + column);
          }
        }
        if (parts != NONE && thread <= last) {
          work.set(workAt + parts + token * tiles + item % tiles, along);
        }
      }
      if (matrices != NONE) {
        int matrix = workAt + matrices + (sequenceHead * chunks + chunk) * CHUNK * CHUNK;
        for (int start = 0; start < CHUNK; start += COLUMNS) {
          for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
            if (transposed > 0) {
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
            float factor = 1f;
            if (rightFactors != NONE) {
              factor = work.get(workAt + rightFactors + at);
            }
            rightTile[e / COLUMNS * LINE + e % COLUMNS] =
                factor * right.get(rightAt + at * outWidth + c);
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
      }
      for (int c = 0; c < COLUMNS; c++) {
        if (thread <= last && columnStart + c < outWidth) {
          int at = token * outWidth + columnStart + c;
          float more = 0f;
          if (baseAt != NONE) {
            more = base.get(baseAt + at);
          }
          out.set(outAt + at, more + total[c]);
        }
      }
    }
  }
}
