package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swax.compiler.analyze.part.Cells;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells of no family put nothing on the heap that grows with the text, once they are compiled. */
@Isolated("it counts what all threads allocate")
@Tag("fresh-jvm")
class StepAllocationTest {
  private static final int BATCH = 1;
  private static final int TIME = 64;

  private static final int CALLS = 20;

  /** A call has objects of a fixed number; one vector on the heap for each token is 5,120 bytes. */
  private static final long FEW_BYTES = 2048L * CALLS;

  private static final int ROUNDS = 2000;

  @ParameterizedTest
  @CsvSource({"slstm, 2", "s6, 1"})
  void nothingThatGrowsIsAllocated(String cell, int heads) {
    StepShape shape = (StepShape) Cells.recurrence(Cells.standard(cell, heads, 32, 2)).shape();
    try (Arena arena = Arena.ofShared();
        Kernels kernels = new VectorKernels(1)) {
      RecurrenceGradientCall call = call(shape, arena);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least > FEW_BYTES; round++) {
        least = Math.min(least, allocatedBy(kernels, call));
      }
      assertThat(least).as("bytes of the thriftiest round").isLessThanOrEqualTo(FEW_BYTES);
    }
  }

  private static long allocatedBy(Kernels kernels, RecurrenceGradientCall call) {
    var allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = allocations.getTotalThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      kernels.recurrence(call.forward());
      kernels.recurrenceGradient(call);
    }
    return allocations.getTotalThreadAllocatedBytes() - before;
  }

  private static RecurrenceGradientCall call(StepShape shape, Arena arena) {
    List<Tensor> operands = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (String name : shape.operands()) {
      long rows = shape.parameters().contains(name) ? shape.rows(name) : (long) BATCH * TIME;
      operands.add(filled(arena, rows * shape.columns(name)));
      gradients.add(Tensor.allocate(arena, rows * shape.columns(name)));
    }
    long numbers = (long) BATCH * TIME * shape.columns(StepShape.RESULT);
    List<Tensor> results = List.of(Tensor.allocate(arena, numbers));
    var forward = new RecurrenceCall(shape, operands, results, List.of(), BATCH, TIME, null);
    return new RecurrenceGradientCall(forward, filled(arena, numbers), gradients, List.of());
  }

  private static Tensor filled(Arena arena, long length) {
    Tensor tensor = Tensor.allocate(arena, length);
    for (long i = 0; i < length; i++) {
      tensor.set(i, 0.1f * (i % 7 - 3));
    }
    return tensor;
  }
}
