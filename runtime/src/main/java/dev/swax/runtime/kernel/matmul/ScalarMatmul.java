package dev.swax.runtime.kernel.matmul;

import dev.swax.runtime.tensor.Tensor;

/** Matrix products as sums in double, rounded once. */
public final class ScalarMatmul {

  /** {@code c = a b}, or {@code c += a b}. a [m, k], b [k, n], c [m, n]. */
  public void matmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) {
        double sum = accumulate ? c.get(i * n + j) : 0;
        for (long l = 0; l < k; l++) {
          sum += (double) a.get(i * k + l) * b.get(l * n + j);
        }
        c.set(i * n + j, (float) sum);
      }
    }
  }

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}. a [m, k], b [n, k], c [m, n]. */
  public void matmulTransposedRight(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) {
        double sum = accumulate ? c.get(i * n + j) : 0;
        for (long l = 0; l < k; l++) {
          sum += (double) a.get(i * k + l) * b.get(j * k + l);
        }
        c.set(i * n + j, (float) sum);
      }
    }
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}. a [k, m], b [k, n], c [m, n]. */
  public void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) {
        double sum = accumulate ? c.get(i * n + j) : 0;
        for (long l = 0; l < k; l++) {
          sum += (double) a.get(l * m + i) * b.get(l * n + j);
        }
        c.set(i * n + j, (float) sum);
      }
    }
  }
}
