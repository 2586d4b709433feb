package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole training steps put nothing on the heap that grows with the text, once they are compiled: a
 * step has the arguments of its calls, some hundred bytes each.
 */
@Isolated("it counts what all threads allocate")
@Tag("fresh-jvm")
class TrainingAllocationTest {
  private static final int TIME = 192;
  private static final int STEPS = 20;
  private static final int MOST_ROUNDS = 150;

  /** One vector on the heap for each token is more. */
  private static final long FEW_BYTES = STEPS * TIME * 64L;

  @ParameterizedTest
  @ValueSource(strings = {"kda", "slstm"})
  void nothingThatGrowsIsAllocated(String cell) {
    String file =
        """
        import "std/cells"
        model m { width = 32  vocab = 20  ffn = none  layers = [%s(heads: 2)] }
        """
            .formatted(cell);
    CompiledModel compiled =
        CompiledModel.of(
            Lowering.of(SwaxFiles.model(file, "m")).plan(), ProgramCheck.ADAMW, "test");
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program program = compiled.create(kernels, parameters, 1, TIME, 0, true)) {
      Initialization.initialize(parameters.all(), 1);
      Batch batch = batch();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && least > FEW_BYTES; round++) {
        least = Math.min(least, allocatedBy(program, batch));
      }
      assertThat(least).as("bytes of the thriftiest round").isLessThanOrEqualTo(FEW_BYTES);
    }
  }

  private static Batch batch() {
    var random = new SplittableRandom(1);
    Batch batch = Batch.allocate(1, TIME);
    for (int t = 0; t < TIME; t++) {
      batch.tokens()[t] = random.nextInt(20);
      batch.targets()[t] = random.nextInt(20);
    }
    return batch;
  }

  private static long allocatedBy(Program program, Batch batch) {
    var allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = allocations.getCurrentThreadAllocatedBytes();
    for (int i = 1; i <= STEPS; i++) {
      program.clearGradients();
      program.accumulate(batch, new int[0], 1.0 / TIME);
      program.update(1e-4, 1, i);
    }
    return allocations.getCurrentThreadAllocatedBytes() - before;
  }
}
