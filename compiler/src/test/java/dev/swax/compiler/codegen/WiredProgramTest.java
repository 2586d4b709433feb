package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.WiredModels;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.KeyCache;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers that read other layers and share weights, generated, beside the interpreter. */
class WiredProgramTest {
  private static final long SEED = 11;
  private static final int BATCH = 2;
  private static final int TIME = 70;

  @ParameterizedTest
  @EnumSource
  void lossesAndGradientsAreTheInterpreters(WiredModels wired) {
    LoweredModel model = wired.model();
    var check = ProgramCheck.of(model, WiredModels.WINDOWS, SEED);
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels(2))) {
      try (kernels) {
        check.requireGradients(kernels, false);
        check.requireGradients(kernels, true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void stateIsCarriedFromCallToCall(WiredModels wired) {
    var check = ProgramCheck.of(wired.model(), WiredModels.WINDOWS, SEED);
    for (boolean documents : new boolean[] {false, true}) {
      try (Kernels kernels = new VectorKernels(2)) {
        check.requireCarriedState(kernels, documents, 3, 1, 1, 8, 2, 1, 5);
        check.requireCarriedState(kernels, documents, 1, 1, 1, 1, 1, 1, 1, 1);
      }
    }
  }

  /** What later layers give is summed from the last to the first, whoever computes it. */
  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnTheNumberOfThreads(WiredModels wired) {
    CompiledModel model = compiled(wired);
    List<Integer> expected = bits(model, 1);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(bits(model, threads)).as("%d threads", threads).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfMicroBatchesAreSummed(WiredModels wired) {
    CompiledModel model = compiled(wired);
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, BATCH, TIME, 0, true)) {
      program.accumulate(batch(), WiredModels.WINDOWS, 0.01);
      List<Float> once = gradients(parameters);
      program.accumulate(batch(), WiredModels.WINDOWS, 0.01);
      List<Float> twice = gradients(parameters);
      for (int i = 0; i < once.size(); i++) {
        float expected = 2 * once.get(i);
        assertThat(twice.get(i)).isCloseTo(expected, within(1e-5f + 1e-5f * Math.abs(expected)));
      }
    }
  }

  @Test
  void sharedWeightsCountOnce() {
    LoweredModel model = WiredModels.SHARED.model();
    List<ParameterSpec> specs = compiled(WiredModels.SHARED).parameterSpecs();
    assertThat(specs)
        .extracting(ParameterSpec::name)
        .containsExactly(
            "embedding",
            "shared.block.gain",
            "shared.block.q",
            "shared.block.k",
            "shared.block.v",
            "layers.1.scale",
            "layers.3.scale",
            "layers.4.scale",
            "norm");
    assertThat(model.parameterCount())
        .isEqualTo(specs.stream().mapToLong(ParameterSpec::size).sum());
  }

  /** Four layers attend to the same keys and values, of 8 channels each. */
  @Test
  void keysThatLayersShareAreKeptOnce() {
    CompiledModel model = compiled(WiredModels.KEYS_OF_ONE_LAYER);
    long more = evaluationBytes(model, 2000) - evaluationBytes(model, 1000);
    assertThat(more).isEqualTo(KeyCache.bytes(8, 8, 0, 2000, 1) - KeyCache.bytes(8, 8, 0, 1000, 1));
  }

  private static long evaluationBytes(CompiledModel model, int context) {
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, 1, 1, context, false)) {
      return program.bufferBytes();
    }
  }

  /** A step and the columns before the value there, for each value; the embedding is step 0. */
  @Test
  void devicesKnowWhichLayerIsRead() {
    assertThat(device(WiredModels.NEAREST_OF_TWO))
        .contains("READS_OF = {{}, {1, 0}, {1, 0}, {}, {4, 0}, {4, 0}};")
        .contains("READS = WINDOWS + 1;");
    assertThat(device(WiredModels.EMBEDDING)).doesNotContain("READS");
  }

  /** The gradient lies after the value, and is zero when the first reader adds to it. */
  @Test
  void devicesAddToTheGradientOfWhatIsRead() {
    assertThat(device(WiredModels.NEAREST_OF_TWO))
        .contains("OptimizerKernels.clear(context, kept, keptFrom + 16 * capacity")
        .contains("read0 + 16 * capacity");
  }

  private static String device(WiredModels wired) {
    ModelPlan plan = Lowering.of(wired.model()).plan();
    return DeviceProgramEmitter.emit(plan, ProgramCheck.ADAMW, Products.OWN, "test");
  }

  private static CompiledModel compiled(WiredModels wired) {
    return CompiledModel.of(Lowering.of(wired.model()).plan(), ProgramCheck.ADAMW, "test");
  }

  private static List<Integer> bits(CompiledModel model, int threads) {
    try (Kernels kernels = new VectorKernels(threads);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, BATCH, TIME, 0, true)) {
      program.accumulate(batch(), WiredModels.WINDOWS, 0.01);
      program.update(1e-3, 1, 1);
      program.clearGradients();
      program.accumulate(batch(), WiredModels.WINDOWS, 0.01);
      return gradients(parameters).stream().map(Float::floatToRawIntBits).toList();
    }
  }

  private static List<Float> gradients(Parameters parameters) {
    var gradients = new ArrayList<Float>();
    for (Parameter parameter : parameters.all()) {
      for (long i = 0; i < parameter.spec().size(); i++) {
        gradients.add(parameter.gradient().get(i));
      }
    }
    return gradients;
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
      batch.tokens()[row] = random.nextInt(Models.VOCABULARY);
      batch.targets()[row] = random.nextInt(Models.VOCABULARY);
    }
    return batch;
  }
}
