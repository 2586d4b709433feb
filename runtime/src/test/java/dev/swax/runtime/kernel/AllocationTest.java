package dev.swax.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.tensor.Tensor;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int CALLS = 200;

  /** One object of 64 bytes a round. */
  private static final long LEAST = CALLS * 64L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Tensor a = Values.random(300 * 96, 1);
  private final Tensor b = Values.random(300 * 96, 2);
  private final Tensor c = Values.random(300 * 300, 3);
  private final Tensor d = Values.random(300 * 300, 4);
  private final int[] tokens = new int[300];

  /**
   * Compiled vector code keeps its values in registers; interpreted code does not. When each method
   * is compiled differs from run to run, and a call may be left with one small object; anything
   * that grows with the data would be thousands of bytes a round.
   */
  @Test
  void nothingThatGrowsIsAllocatedAfterWarmUp() {
    try (var kernels = new VectorKernels(2)) {
      long warm = Long.MAX_VALUE;
      for (int round = 0; round < 60 && warm > LEAST; round++) {
        warm = allocatedBy(kernels);
      }
      assertThat(warm)
          .as("bytes allocated in %d rounds of calls", CALLS)
          .isLessThanOrEqualTo(LEAST);
    }
  }

  private long allocatedBy(Kernels kernels) {
    long before = allBytes();
    for (int i = 0; i < CALLS; i++) {
      call(kernels);
    }
    return allBytes() - before;
  }

  private long allBytes() {
    return threads.getCurrentThreadAllocatedBytes();
  }

  private void call(Kernels kernels) {
    kernels.matmul(a, b, c, 60, 96, 60, true);
    kernels.matmulTransposedRight(a, b, c, 60, 96, 60, false);
    kernels.matmulTransposedLeft(a, b, c, 60, 96, 60, false);
    kernels.matmul(a, b, c, 1, 96, 60, false);
    kernels.matmulTransposedRight(a, b, c, 1, 96, 60, false);
    kernels.embedding(tokens, a, d, 300, 96);
    kernels.embeddingGradient(tokens, d, a, 300, 300, 96);
    kernels.crossEntropy(c, tokens, a, b, 100, 96);
    kernels.crossEntropyGradient(c, tokens, b, d, 0.01f, 100, 96);
    kernels.rope(a, a, 3, 100, 3, 32, 10_000, 0, false);
    kernels.sumOfSquares(c);
    kernels.addParts(c, 5, 90, a);
    kernels.adamw(a, b, c, d, new AdamWStep(0.01, 0.9, 0.95, 1e-8, 0.1, 0.5, 3));
  }
}
