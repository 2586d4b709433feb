package dev.swax.tornado.kernel;

/**
 * Where the parts of the workspace of {@link GlaKernels} are, counted in floats from its begin. N
 * is the number of chunks of a sequence:
 *
 * <pre>
 * decays, reads, afters     [rows, H, K] each
 * keeps                     [sequences, H, N, K]
 * states, slopes            [sequences, H, N + 1, K, V] each
 * matrices: scores, slopes  [sequences, H, N, CHUNK, CHUNK] each
 * </pre>
 */
final class GlaLayout {
  private GlaLayout() {}

  /** What a token leaves of each row of the state before it; 0 where it begins a document. */
  static int decays() {
    return 0;
  }

  /** What a token reads of each row of the state before its chunk, times the scale. */
  static int reads(int rows, int heads, int keyWidth) {
    return rows * heads * keyWidth;
  }

  /** What the state after a token's chunk has of each row that the token added to. */
  static int afters(int rows, int heads, int keyWidth) {
    return 2 * rows * heads * keyWidth;
  }

  /** What a chunk leaves of each row. */
  static int keeps(int rows, int heads, int keyWidth) {
    return 3 * rows * heads * keyWidth;
  }

  static int states(int rows, int time, int heads, int keyWidth) {
    return keeps(rows, heads, keyWidth)
        + MemoryLayout.sequences(rows, time) * heads * MemoryLayout.chunks(time) * keyWidth;
  }

  static int slopes(int rows, int time, int heads, int keyWidth, int valueWidth) {
    return states(rows, time, heads, keyWidth) + slots(rows, time, heads) * keyWidth * valueWidth;
  }

  /** Matrix 0: what tokens read of each other; 1: the gradient of that. */
  static int matrix(int which, int rows, int time, int heads, int keyWidth, int valueWidth) {
    int chunks = MemoryLayout.sequences(rows, time) * heads * MemoryLayout.chunks(time);
    return slopes(rows, time, heads, keyWidth, valueWidth)
        + slots(rows, time, heads) * keyWidth * valueWidth
        + which * chunks * MemoryLayout.CHUNK * MemoryLayout.CHUNK;
  }

  private static int slots(int rows, int time, int heads) {
    return MemoryLayout.sequences(rows, time) * heads * (MemoryLayout.chunks(time) + 1);
  }
}
