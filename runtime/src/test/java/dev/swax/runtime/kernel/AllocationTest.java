package dev.swax.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.expert.ExpertKernels;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.kernel.optimizer.MuonStep;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.tensor.Tensor;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("fresh-jvm")
@Isolated("it counts what all threads allocate")
class AllocationTest {
  private static final int CALLS = 200;

  /** One object of 64 bytes a round. */
  private static final long LEAST = CALLS * 64L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Rotation rotation = Rotation.plain(32, 10_000);
  private final Tensor a = Values.random(300 * 96, 1);
  private final Tensor b = Values.random(300 * 96, 2);
  private final Tensor c = Values.random(300 * 300, 3);
  private final Tensor d = Values.random(300 * 300, 4);
  private final int[] tokens = new int[300];
  private final ChoiceShape choice = ChoiceShape.of(8, 2);
  private final Tensor chosen = Values.zeros(120);
  private final Tensor places = Values.zeros(120);
  private final MuonStep muon = new MuonStep(0.01, 1, 0.95, true, 5, 0.1, 0.5);
  private final Tensor owners = Values.zeros(120);

  /**
   * Compiled vector code keeps its values in registers; interpreted code does not. When each method
   * is compiled differs from run to run, and a call may be left with one small object; anything
   * that grows with the data would be thousands of bytes a round.
   */
  @Test
  void nothingThatGrowsIsAllocatedAfterWarmUp() {
    try (var kernels = new VectorKernels(2)) {
      check(() -> call(kernels));
    }
  }

  @Test
  void expertsAllocateNothingThatGrowsAfterWarmUp() {
    try (var kernels = new VectorKernels(2)) {
      check(() -> experts(kernels.experts()));
    }
  }

  private void check(Runnable call) {
    long warm = Long.MAX_VALUE;
    for (int round = 0; round < 60 && warm > LEAST; round++) {
      warm = allocatedBy(call);
    }
    assertThat(warm).as("bytes allocated in %d rounds of calls", CALLS).isLessThanOrEqualTo(LEAST);
  }

  private long allocatedBy(Runnable call) {
    long before = allBytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
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
    kernels.matmul(a, b, c, 9, 96, 60, false);
    kernels.matmulTransposedRight(a, b, c, 9, 96, 60, true);
    kernels.matmul(a, b, c, 60, 96, 5, true);
    kernels.embedding(tokens, a, d, 300, 96);
    kernels.embeddingGradient(tokens, d, a, 300, 300, 96);
    kernels.crossEntropy(c, tokens, a, b, 100, 96);
    kernels.crossEntropyGradient(c, tokens, b, d, 0.01f, 1e-4f, 100, 96);
    kernels.rope(a, a, 3, 100, 3, rotation, 0, false);
    kernels.sumOfSquares(c);
    kernels.addParts(c, 5, 90, a);
    kernels.adamw(a, b, c, d, new AdamWStep(0.01, 0.9, 0.95, 1e-8, 0.1, 0.5, 3));
    kernels.muon(a, b, c, 2, 40, 60, muon);
  }

  /** Eight experts of which each of 60 tokens goes to two. */
  private void experts(ExpertKernels experts) {
    experts.choose(a, chosen, places, owners, 60, choice);
    experts.pick(a, chosen, c, 60, 8, 2);
    experts.pickGradient(c, chosen, d, 60, 8, 2);
    experts.dispatch(b, places, c, 60, 2, 40);
    experts.matmul(c, b, owners, d, 120, 40, 33, 8);
    experts.matmulTransposedRight(d, b, owners, c, 120, 33, 40, 8);
    experts.matmulTransposedLeft(c, d, owners, a, 120, 40, 33, 8);
    experts.combineWeighted(c, places, chosen, d, 60, 2, 40);
    experts.slotDots(d, c, places, a, 60, 2, 40);
    experts.rows(b, owners, d, 120, 33);
    experts.rowsGradient(d, owners, c, 120, 33, 8);
    experts.balanceGradient(d, c, owners, d, 0.1, 60, 8, 2);
  }
}
