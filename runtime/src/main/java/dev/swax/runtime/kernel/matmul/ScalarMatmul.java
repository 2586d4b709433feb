package dev.swax.runtime.kernel.matmul;

import dev.swax.runtime.tensor.Tensor;

/** Matrix products as sums in double, rounded once. */
public final class ScalarMatmul {

  /** Where the numbers of a matrix lie. */
  private record Lay(Tensor tensor, long from, long row, long column) {
    long at(long i, long j) {
      return from + i * row + j * column;
    }
  }

  /** {@code c = a b}, or {@code c += a b}. a [m, k], b [k, n], c [m, n]. */
  public void matmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    multiply(new Lay(a, 0, k, 1), new Lay(b, 0, n, 1), new Lay(c, 0, n, 1), m, k, n, accumulate);
  }

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}. a [m, k], b [n, k], c [m, n]. */
  public void matmulTransposedRight(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    multiply(new Lay(a, 0, k, 1), new Lay(b, 0, 1, k), new Lay(c, 0, n, 1), m, k, n, accumulate);
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}. a [k, m], b [k, n], c [m, n]. */
  public void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    multiply(new Lay(a, 0, 1, m), new Lay(b, 0, n, 1), new Lay(c, 0, n, 1), m, k, n, accumulate);
  }

  /** {@code a b} of each block. a [m, blocks * k], b [blocks * k, n], c [m, blocks * n]. */
  public void blocks(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    for (long g = 0; g < blocks; g++) {
      var left = new Lay(a, g * k, (long) blocks * k, 1);
      var out = new Lay(c, g * n, (long) blocks * n, 1);
      multiply(left, new Lay(b, g * k * n, n, 1), out, m, k, n, false);
    }
  }

  /** {@code a bᵀ} of each block. a [m, blocks * k], b [blocks * n, k], c [m, blocks * n]. */
  public void blocksTransposedRight(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    for (long g = 0; g < blocks; g++) {
      var left = new Lay(a, g * k, (long) blocks * k, 1);
      var out = new Lay(c, g * n, (long) blocks * n, 1);
      multiply(left, new Lay(b, g * n * k, 1, k), out, m, k, n, false);
    }
  }

  /** Adds {@code aᵀ b} of each block. a [k, blocks * m], b [k, blocks * n], c [blocks * m, n]. */
  public void blocksTransposedLeft(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    for (long g = 0; g < blocks; g++) {
      var left = new Lay(a, g * m, 1, (long) blocks * m);
      var right = new Lay(b, g * n, (long) blocks * n, 1);
      multiply(left, right, new Lay(c, g * m * n, n, 1), m, k, n, true);
    }
  }

  private static void multiply(Lay a, Lay b, Lay c, int m, int k, int n, boolean accumulate) {
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) {
        double sum = accumulate ? c.tensor.get(c.at(i, j)) : 0;
        for (long l = 0; l < k; l++) {
          sum += (double) a.tensor.get(a.at(i, l)) * b.tensor.get(b.at(l, j));
        }
        c.tensor.set(c.at(i, j), (float) sum);
      }
    }
  }
}
