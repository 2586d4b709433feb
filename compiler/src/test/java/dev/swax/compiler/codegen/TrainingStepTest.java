package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Training steps of generated programs: the same for any number of threads, and on no heap. */
@Isolated("it counts what all threads allocate")
class TrainingStepTest {
  private static final long SEED = 11;
  private static final int BATCH = 2;
  private static final int TIME = 70;
  private static final int[] WINDOWS = {20};

  /**
   * Less than two vectors for each token. It depends on chance whether the JIT inlines a kernel's
   * last vector instruction; what it does not inline at all has tens of them.
   */
  private static final long FEW_BYTES = BATCH * TIME * 128L;

  /** Ragged widths, so that every kernel has a rest. */
  private static final String FILE =
      """
      import "std/models"
      import "std/cells"
      model hybrid = lm(width: 36, blocks: 4, vocab: 50, window: 20, memory: mlstm(heads: 3)) with {
        layers = blocks / 2 * [memory, swa(window: window, heads: 3, rope: 10k)]
      }
      model families = lm(width: 36, vocab: 50, window: 20, blocks: 9) with {
        layers = [
          mlstm(heads: 3),
          gla(heads: 3, rank: 5),
          gated_delta(heads: 3),
          rg_lru(heads: 3),
          mamba2(heads: 3, key: 7),
          kda(heads: 3),
          slstm(heads: 3),
          s6(states: 5, rank: 3),
          swa(window: window, heads: 3, rope: 10k),
        ]
      }
      """;

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() {
    List<Integer> expected = bitsAfterTwoSteps(1);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(bitsAfterTwoSteps(threads)).as("%d threads", threads).isEqualTo(expected);
    }
  }

  /**
   * Compiled vector code keeps its values in registers; until each method is compiled, and where it
   * is not inlined whole, a vector is an object of its own: hundreds of thousands of bytes a step.
   * Objects of a fixed size and number, such as a task's, would be far fewer.
   */
  @Test
  @Tag("fresh-jvm")
  void aStepAllocatesNoVectorsOnceCompiled() {
    var allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    CompiledModel model = compiled("hybrid");
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, BATCH, TIME, 0, true)) {
      Batch batch = batch();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 10_000 && least > FEW_BYTES; round++) {
        long before = allocations.getTotalThreadAllocatedBytes();
        step(program, batch, round + 1);
        least = Math.min(least, allocations.getTotalThreadAllocatedBytes() - before);
      }
      assertThat(least).as("bytes that the thriftiest step allocates").isLessThan(FEW_BYTES);
    }
  }

  /** What it reports is what its gradient is of: the loss falls by as much as the step says. */
  @Test
  void zLossIsReportedApartAndHasItsGradient() {
    CompiledModel model = compiled("hybrid");
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, BATCH, TIME, 0, true)) {
      program.clearGradients();
      double plain = program.accumulate(batch(), WINDOWS, 0.01);
      assertThat(program.zLoss()).isZero();
      program.addZLoss(0.05);
      program.clearGradients();
      double before = program.accumulate(batch(), WINDOWS, 0.01);
      assertThat(before).isEqualTo(plain);
      before += program.zLoss();
      double squares = program.sumOfGradientSquares() / 0.01 / 0.01;
      double rate = 0.02 / squares;
      for (Parameter parameter : parameters.all()) {
        for (long i = 0; i < parameter.spec().size(); i++) {
          double moved = parameter.value().get(i) - rate * parameter.gradient().get(i) / 0.01;
          parameter.value().set(i, (float) moved);
        }
      }
      double after = program.accumulate(batch(), WINDOWS, 0.01) + program.zLoss();
      assertThat(before - after).isCloseTo(0.02, Assertions.within(0.002));
    }
  }

  private static List<Integer> bitsAfterTwoSteps(int threads) {
    CompiledModel model = compiled("families");
    var bits = new ArrayList<Integer>();
    try (Kernels kernels = new VectorKernels(threads);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, BATCH, TIME, 0, true)) {
      for (int step = 1; step <= 2; step++) {
        bits.add(Float.floatToIntBits((float) step(program, batch(), step)));
        for (Parameter parameter : parameters.all()) {
          for (long i = 0; i < parameter.spec().size(); i++) {
            bits.add(Float.floatToRawIntBits(parameter.gradient().get(i)));
            bits.add(Float.floatToRawIntBits(parameter.value().get(i)));
          }
        }
      }
    }
    return bits;
  }

  private static double step(Program program, Batch batch, long step) {
    program.clearGradients();
    double loss = program.accumulate(batch, WINDOWS, 0.01);
    program.update(1e-3, 1, step);
    return loss;
  }

  private static CompiledModel compiled(String name) {
    Architecture model = SwaxFiles.model(FILE, name);
    return CompiledModel.of(Lowering.of(model).plan(), ProgramCheck.ADAMW, "test");
  }

  private static Parameters parameters(CompiledModel model) {
    var random = new SplittableRandom(SEED);
    Parameters parameters = Parameters.allocate(model.parameterSpecs(), true);
    for (Parameter parameter : parameters.all()) {
      double centre = parameter.spec().decayed() ? 0 : 1;
      for (long i = 0; i < parameter.spec().size(); i++) {
        parameter.value().set(i, (float) (centre + 0.4 * (random.nextDouble() - 0.5)));
      }
    }
    return parameters;
  }

  private static Batch batch() {
    var random = new SplittableRandom(SEED);
    Batch batch = Batch.allocate(BATCH, TIME);
    for (int row = 0; row < BATCH * TIME; row++) {
      batch.tokens()[row] = random.nextInt(50);
      batch.targets()[row] = random.nextInt(-1, 50);
      batch.documentStarts()[row] = random.nextInt(30) == 0;
    }
    return batch;
  }
}
