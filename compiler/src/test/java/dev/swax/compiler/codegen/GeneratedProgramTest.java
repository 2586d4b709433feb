package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.codegen.cpu.OptimizerSettings;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.ModelInterpreter;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A generated program against the interpreter in double: losses, every gradient, and state. */
class GeneratedProgramTest {
  private static final Span SPAN = new Span(new SourceFile("test.swax", "model m"), 0, 7);
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);
  private static final int VOCABULARY = 19;
  private static final int[] WINDOWS = {5};

  static Stream<Architecture> models() {
    var silu = new FeedForward(SPAN, FeedForward.Activation.SILU, 48);
    var gelu = new FeedForward(SPAN, FeedForward.Activation.GELU, 24);
    var full = new Mixer.Attention(SPAN, "full", 4, 2, 8, -1, 10000.0);
    var local = new Mixer.Attention(SPAN, "local", 2, 2, 16, 0, null);
    return Stream.of(
        model("transformer", 32, false, 0, new Layer(SPAN, full, silu)),
        model("capped", 32, true, 30, new Layer(SPAN, full, silu), new Layer(SPAN, local, gelu)),
        model("tied", 32, true, 0, new Layer(SPAN, local, null), new Layer(SPAN, null, gelu)),
        model("ragged", 10, false, 5, new Layer(SPAN, ragged(), silu)));
  }

  private static Mixer ragged() {
    return new Mixer.Attention(SPAN, "local", 5, 1, 6, 0, 100.0);
  }

  private static Architecture model(
      String name, int width, boolean tied, double cap, Layer... layers) {
    var window = new WindowVariable("w", SPAN, new WindowSchedule.Constant(WINDOWS[0]));
    List<Layer> twice = Stream.concat(Stream.of(layers), Stream.of(layers)).toList();
    return new Architecture(
        name, SPAN, "", width, VOCABULARY, 1e-6, tied, cap, twice, List.of(window), List.of());
  }

  @ParameterizedTest
  @MethodSource("models")
  void lossesAndGradientsAreTheInterpreters(Architecture architecture) {
    check(architecture, false);
  }

  @ParameterizedTest
  @MethodSource("models")
  void documentsDoNotSeeEachOther(Architecture architecture) {
    check(architecture, true);
  }

  private static void check(Architecture architecture, boolean documents) {
    check(architecture, documents, new ScalarKernels());
    check(architecture, documents, new VectorKernels(2));
  }

  private static void check(Architecture architecture, boolean documents, Kernels made) {
    LoweredModel lowered = LowerModel.lower(architecture);
    CompiledModel compiled = CompiledModel.of(ModelPlan.of(lowered), ADAMW, "test");
    var random = new SplittableRandom(7);
    Batch batch = batch(random, 2, 9, documents);
    try (Kernels kernels = made;
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program program = compiled.create(kernels, parameters, 2, 9, 0, true)) {
      Map<String, Matrix> values = randomize(parameters, random);
      assertThat(program.bufferBytes())
          .isEqualTo(MemoryPlan.training(ModelPlan.of(lowered), 2, 9).buffers());
      double loss = program.accumulate(batch, WINDOWS, 0.25);
      var oracle = new ModelInterpreter(lowered, values, bindings(batch));
      double expected = sum(oracle.forward().result("losses"));
      assertThat(loss).isCloseTo(expected, Offset.offset(1e-4 * expected));
      oracle
          .gradients(0.25)
          .forEach((name, gradient) -> assertClose(name, gradient, parameters.get(name)));
    }
  }

  private static void assertClose(String name, Matrix expected, Parameter parameter) {
    double largest = 1e-3;
    for (double value : expected.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.values().length; i++) {
      assertThat((double) parameter.gradient().get(i))
          .as("%s[%d]", name, i)
          .isCloseTo(expected.values()[i], Offset.offset(2e-4 * largest));
    }
  }

  private static double sum(Matrix losses) {
    double sum = 0;
    for (double loss : losses.values()) {
      sum += loss;
    }
    return sum;
  }

  private static Supplier<Bindings> bindings(Batch batch) {
    return () ->
        new Bindings(batch.batch(), batch.time())
            .tokens(batch.tokens())
            .targets(batch.targets())
            .documentStarts(batch.documentStarts())
            .windows(WINDOWS);
  }

  private static Map<String, Matrix> randomize(Parameters parameters, SplittableRandom random) {
    Map<String, Matrix> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters.all()) {
      var spec = parameter.spec();
      Matrix matrix = Matrix.zeros(spec.rows(), spec.columns());
      double centre = spec.decayed() ? 0 : 1;
      for (int i = 0; i < matrix.values().length; i++) {
        float value = (float) (centre + 0.5 * (random.nextDouble() - 0.5));
        matrix.values()[i] = value;
        parameter.value().set(i, value);
      }
      values.put(spec.name(), matrix);
    }
    return values;
  }

  private static Batch batch(SplittableRandom random, int sequences, int time, boolean documents) {
    Batch batch = Batch.allocate(sequences, time);
    for (int row = 0; row < sequences * time; row++) {
      batch.tokens()[row] = random.nextInt(VOCABULARY);
      batch.targets()[row] = random.nextInt(-1, VOCABULARY);
      batch.documentStarts()[row] = documents && random.nextInt(4) == 0;
    }
    return batch;
  }
}
