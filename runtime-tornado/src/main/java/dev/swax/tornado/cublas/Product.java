package dev.swax.tornado.cublas;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A product of matrices by rows, {@code c = a b} or {@code c += a b}, as {@link
 * dev.swax.tornado.kernel.MatmulKernels} has them: where each begins in its array, counted in
 * elements, and their sizes.
 *
 * @param leftTurned a is [k, m] instead of [m, k]
 * @param rightTurned b is [n, k] instead of [k, n]
 * @param accumulate whether it is added to c [m, n]
 */
public record Product(
    boolean leftTurned,
    boolean rightTurned,
    int aAt,
    int bAt,
    int cAt,
    int m,
    int k,
    int n,
    boolean accumulate) {

  /** What a product is for the numbers that {@code control} holds when it runs. */
  @FunctionalInterface
  public interface Source {
    Product of(IntArray control);
  }

  /** {@code c = a b}, or {@code c += a b} if accumulate is 1. a [m, k], b [k, n]. */
  public static Product plain(int aAt, int bAt, int cAt, int m, int k, int n, int accumulate) {
    return new Product(false, false, aAt, bAt, cAt, m, k, n, accumulate == 1);
  }

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}. a [m, k], b [n, k]. */
  public static Product transposedRight(
      int aAt, int bAt, int cAt, int m, int k, int n, int accumulate) {
    return new Product(false, true, aAt, bAt, cAt, m, k, n, accumulate == 1);
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}. a [k, m], b [k, n]. */
  public static Product transposedLeft(
      int aAt, int bAt, int cAt, int m, int k, int n, int accumulate) {
    return new Product(true, false, aAt, bAt, cAt, m, k, n, accumulate == 1);
  }

  boolean isEmpty() {
    return m == 0 || k == 0 || n == 0;
  }
}
