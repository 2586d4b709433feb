package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.plan.PlanPrinter;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A head that takes some rows of a step at a time beside one that takes all of them. */
class HeadBlocksTest {
  private static final int BATCH = 3;
  private static final int TIME = 20;
  private static final int VOCABULARY = 50;
  private static final int[] WINDOWS = {7};

  private static final String FILE =
      """
      import "std/models"
      model small = lm(width: 36, blocks: 2, vocab: 50, window: 7) with {
        layers = blocks * [swa(window: window, heads: 3, rope: 10k)]
        meta = 2
        logit_cap = 15
      }
      model large = small with { vocab = 50Ki }
      """;

  private static final ModelPlan WHOLE = plan("small");

  /** What a step leaves: its loss, its z-loss, the losses of tokens and all gradients. */
  private record Step(double loss, double zLoss, List<Float> losses, List<Float> gradients) {}

  /** 66 rows, meta tokens included: blocks that leave a rest, that divide them, that have room. */
  @ParameterizedTest
  @ValueSource(ints = {16, 22, 100})
  void aStepIsTheSame(int rows) {
    Step whole = step(WHOLE, 2);
    Step blocks = step(WHOLE.withHeadRows(rows), 2);
    assertThat(blocks.loss).isEqualTo(whole.loss);
    assertThat(blocks.losses).isEqualTo(whole.losses);
    assertThat(blocks.zLoss).isCloseTo(whole.zLoss, Assertions.within(1e-12 * whole.zLoss));
    double largest = whole.gradients.stream().mapToDouble(Math::abs).max().orElseThrow();
    for (int i = 0; i < whole.gradients.size(); i++) {
      assertThat(blocks.gradients.get(i))
          .as("gradient %d", i)
          .isCloseTo(whole.gradients.get(i), Assertions.within((float) (2e-6 * largest)));
    }
  }

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() {
    Step one = step(WHOLE.withHeadRows(16), 1);
    assertThat(step(WHOLE.withHeadRows(16), 3)).isEqualTo(one);
  }

  @Test
  void logitsOfALargeVocabularyDoNotGrowWithTheStep() {
    ModelPlan large = plan("large");
    assertThat(large.hasHeadBlocks()).isTrue();
    assertThat(WHOLE.hasHeadBlocks()).isFalse();
    MemoryPlan some = MemoryPlan.training(large, 1, 1022);
    MemoryPlan many = MemoryPlan.training(large, 8, 1022);
    assertThat(many.logits() - some.logits()).isEqualTo(7L * 1024 * Float.BYTES);
    assertThat(some.logits()).isEqualTo((512L * (50 << 10) + 1024) * Float.BYTES);
    assertThat(some.evaluated()).as("655 rows, 128 MiB").isEqualTo(655L * (50 << 10) * Float.BYTES);
    assertThat(PlanPrinter.print(large)).contains("takes 512 rows of a training step at a time");
  }

  private static ModelPlan plan(String name) {
    Architecture model = SwaxFiles.model(FILE, name);
    return Lowering.of(model).plan();
  }

  private static Step step(ModelPlan plan, int threads) {
    CompiledModel model = CompiledModel.of(plan, ProgramCheck.ADAMW, "test");
    var random = new SplittableRandom(3);
    try (Kernels kernels = new VectorKernels(threads);
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), true);
        Program program = model.create(kernels, parameters, BATCH, TIME, 0, true)) {
      for (Parameter parameter : parameters.all()) {
        for (long i = 0; i < parameter.spec().size(); i++) {
          parameter.value().set(i, (float) (random.nextDouble() - 0.5));
        }
      }
      program.addZLoss(0.05);
      double loss = program.accumulate(batch(random), WINDOWS, 0.01);
      var gradients = new ArrayList<Float>();
      for (Parameter parameter : parameters.all()) {
        for (long i = 0; i < parameter.spec().size(); i++) {
          gradients.add(parameter.gradient().get(i));
        }
      }
      var losses = new ArrayList<Float>();
      for (int row = 0; row < BATCH * TIME; row++) {
        losses.add(program.losses().get(row));
      }
      return new Step(loss, program.zLoss(), losses, gradients);
    }
  }

  private static Batch batch(SplittableRandom random) {
    Batch batch = Batch.allocate(BATCH, TIME);
    for (int row = 0; row < BATCH * TIME; row++) {
      batch.tokens()[row] = random.nextInt(VOCABULARY);
      batch.targets()[row] = random.nextInt(-1, VOCABULARY);
    }
    return batch;
  }
}
