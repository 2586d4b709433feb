package dev.swax.tornado.kernel;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rows sorted by their token, on the host, for {@link EmbeddingKernels#gradient}. */
public final class TokenOrder {
  private final int[] next;

  /** For tables of so many rows. */
  public TokenOrder(int vocab) {
    next = new int[vocab + 1];
  }

  /**
   * Fills {@code order} [rows] with the rows, those of the first token first and each token's in
   * ascending order, and {@code starts} [vocab + 1] with where each token's begin.
   */
  public void fill(
      IntArray tokens,
      int tokensAt,
      int rows,
      IntArray order,
      int orderAt,
      IntArray starts,
      int at) {
    int vocab = next.length - 1;
    Arrays.fill(next, 0);
    for (int row = 0; row < rows; row++) {
      next[tokens.get(tokensAt + row) + 1]++;
    }
    for (int token = 0; token < vocab; token++) {
      next[token + 1] += next[token];
    }
    for (int token = 0; token <= vocab; token++) {
      starts.set(at + token, next[token]);
    }
    for (int row = 0; row < rows; row++) {
      order.set(orderAt + next[tokens.get(tokensAt + row)]++, row);
    }
  }
}
