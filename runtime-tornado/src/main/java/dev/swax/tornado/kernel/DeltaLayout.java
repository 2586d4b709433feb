package dev.swax.tornado.kernel;

/**
 * Where the parts of the workspace of {@link DeltaKernels} are, counted in floats from its begin. N
 * is the number of chunks of a sequence and {@code pieces} is {@code ceil(K / COLUMNS)}:
 *
 * <pre>
 * takes, decays, reads, befores, afters     [rows, H] each
 * query parts, erase parts, key parts       [rows, H, pieces] each
 * keeps, carries                            [sequences, H, N] each
 * known, written, written slopes            [rows, H, V] each
 * seen, seen slopes                         [rows, H, K] each
 * states, slopes                            [sequences, H, N + 1, K, V] each
 * moves                                     [sequences, H, N, K, K]
 * matrices: system, scores, their slopes    [sequences, H, N, CHUNK, CHUNK] each
 * </pre>
 */
final class DeltaLayout {
  static final int VECTORS = 5;
  static final int MATRICES = 4;

  private DeltaLayout() {}

  /** Minus the gate of what is taken out. */
  static int takes() {
    return 0;
  }

  /** The logarithm of what a token keeps of the state before it. */
  static int decays(int rows, int heads) {
    return rows * heads;
  }

  /** What a token reads of the state before its chunk, times the scale. */
  static int reads(int rows, int heads) {
    return 2 * rows * heads;
  }

  /** What is left of the state before the chunk where a token begins. */
  static int befores(int rows, int heads) {
    return 3 * rows * heads;
  }

  /** What the state after a token's chunk has of what the token wrote. */
  static int afters(int rows, int heads) {
    return 4 * rows * heads;
  }

  static int queryParts(int rows, int heads) {
    return VECTORS * rows * heads;
  }

  static int eraseParts(int rows, int heads, int keyWidth) {
    return (VECTORS + MemoryLayout.tiles(keyWidth)) * rows * heads;
  }

  static int keyParts(int rows, int heads, int keyWidth) {
    return (VECTORS + 2 * MemoryLayout.tiles(keyWidth)) * rows * heads;
  }

  /** What is left of the state before a chunk after it. */
  static int keeps(int rows, int heads, int keyWidth) {
    return (VECTORS + 3 * MemoryLayout.tiles(keyWidth)) * rows * heads;
  }

  /** 0 where a document begins in a chunk, otherwise 1. */
  static int carries(int rows, int time, int heads, int keyWidth) {
    return keeps(rows, heads, keyWidth) + chunks(rows, time, heads);
  }

  /** What a token writes if the state before its chunk is empty: u. */
  static int known(int rows, int time, int heads, int keyWidth) {
    return carries(rows, time, heads, keyWidth) + chunks(rows, time, heads);
  }

  /** What a token writes: w. */
  static int written(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return known(rows, time, heads, keyWidth) + rows * heads * valueWidth;
  }

  /** The gradient of what is written, in the end of the system's right sides. */
  static int writtenSlopes(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return known(rows, time, heads, keyWidth) + 2 * rows * heads * valueWidth;
  }

  /** What a token's w takes of the state before its chunk: r. */
  static int seen(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return known(rows, time, heads, keyWidth) + 3 * rows * heads * valueWidth;
  }

  /** The gradient of the key in what is taken out, before its gate; then all of the key's. */
  static int seenSlopes(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return seen(rows, time, heads, keyWidth, valueWidth) + rows * heads * keyWidth;
  }

  static int states(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return seen(rows, time, heads, keyWidth, valueWidth) + 2 * rows * heads * keyWidth;
  }

  static int slopes(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return states(rows, time, heads, keyWidth, valueWidth)
        + slots(rows, time, heads) * keyWidth * valueWidth;
  }

  /** How a chunk moves the state, beside what it keeps. */
  static int moves(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return slopes(rows, time, heads, keyWidth, valueWidth)
        + slots(rows, time, heads) * keyWidth * valueWidth;
  }

  /**
   * Matrix 0: the system; 1: what tokens read of each other; 2 and 3: the gradients of what tokens
   * read of, and take out of, each other.
   */
  static int matrix(int which, int rows, int time, int heads, int keyWidth, int valueWidth) {
    return moves(rows, time, heads, keyWidth, valueWidth)
        + chunks(rows, time, heads)
            * (keyWidth * keyWidth + which * MemoryLayout.CHUNK * MemoryLayout.CHUNK);
  }

  /** Chunks of all heads of all sequences. */
  static int chunks(int rows, int time, int heads) {
    return MemoryLayout.sequences(rows, time) * heads * MemoryLayout.chunks(time);
  }

  private static int slots(int rows, int time, int heads) {
    return MemoryLayout.sequences(rows, time) * heads * (MemoryLayout.chunks(time) + 1);
  }
}
