package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Where the parts of the workspace of {@link MemoryKernels} are, counted in floats from its begin.
 * N is the number of chunks of a sequence and {@code pieces} is {@code ceil(K / COLUMNS)}:
 *
 * <pre>
 * decays, inputs, reads, writes, factors, inverses, sums   [rows, H] each
 * query parts, key parts                                   [rows, H, pieces] each
 * keeps                                                    [sequences, H, N]
 * states, slopes                                           [sequences, H, N + 1, K, V + 1] each
 * matrices: weights, score slopes, products                [sequences, H, N, CHUNK, CHUNK] each
 * </pre>
 */
final class MemoryLayout {
  /** Tokens of a chunk, and threads of a group. */
  static final int CHUNK = 64;

  /** Columns of a tile. */
  static final int COLUMNS = 32;

  /** A line of a tile in local memory: an odd number, so that a column is in different banks. */
  static final int LINE = 33;

  static final int VECTORS = 7;

  private MemoryLayout() {}

  static int chunks(int time) {
    return (time + CHUNK - 1) / CHUNK;
  }

  static int sequences(int rows, int time) {
    return rows / TornadoMath.max(time, 1);
  }

  /** Tiles that cover so many columns. */
  static int tiles(int columns) {
    return (columns + COLUMNS - 1) / COLUMNS;
  }

  /** Floats of a state with its column n. */
  static int stateSize(int keyWidth, int valueWidth) {
    return keyWidth * (valueWidth + 1);
  }

  /** The logarithm of what a token keeps of the state before it. */
  static int decays() {
    return 0;
  }

  /** The logarithm of what a token adds to the state. */
  static int inputs(int rows, int heads) {
    return rows * heads;
  }

  /** What a token reads of the state before its chunk. */
  static int reads(int rows, int heads) {
    return 2 * rows * heads;
  }

  /** What the state after a token's chunk has of it. */
  static int writes(int rows, int heads) {
    return 3 * rows * heads;
  }

  /** What multiplies {@code q . C} in the output: reads * scale * inverses. */
  static int factors(int rows, int heads) {
    return 4 * rows * heads;
  }

  /** One over the divisor of a token. */
  static int inverses(int rows, int heads) {
    return 5 * rows * heads;
  }

  /** The gradient of a token's sum, times its divisor. */
  static int sums(int rows, int heads) {
    return 6 * rows * heads;
  }

  static int queryParts(int rows, int heads) {
    return VECTORS * rows * heads;
  }

  static int keyParts(int rows, int heads, int keyWidth) {
    return (VECTORS + tiles(keyWidth)) * rows * heads;
  }

  static int keeps(int rows, int heads, int keyWidth) {
    return (VECTORS + 2 * tiles(keyWidth)) * rows * heads;
  }

  static int states(int rows, int time, int heads, int keyWidth) {
    return keeps(rows, heads, keyWidth) + sequences(rows, time) * heads * chunks(time);
  }

  static int slopes(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return states(rows, time, heads, keyWidth)
        + sequences(rows, time) * heads * (chunks(time) + 1) * stateSize(keyWidth, valueWidth);
  }

  /** Matrix 0: weights; 1: slopes of the scores; 2: the products of scores and their slopes. */
  static int matrix(int which, int rows, int time, int heads, int keyWidth, int valueWidth) {
    int perChunk = sequences(rows, time) * heads * chunks(time);
    return slopes(rows, time, heads, keyWidth, valueWidth)
        + (perChunk + sequences(rows, time) * heads) * stateSize(keyWidth, valueWidth)
        + which * perChunk * CHUNK * CHUNK;
  }
}
