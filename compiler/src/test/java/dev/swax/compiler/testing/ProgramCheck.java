package dev.swax.compiler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.ModelInterpreter;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;

/** A generated program beside the interpreter in double. */
public final class ProgramCheck {
  public static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  private static final int BATCH = 2;
  private static final int TIME = 9;
  private static final double SCALE = 0.25;

  // A gradient sums some hundred products of values that come through some ten ops, each of which
  // is off by a rounding, 6e-8. What cancels inside a block leaves noise that is relative to what
  // went in, not to what comes out.
  private static final double RELATIVE = 2e-4;
  private static final double NOISE = 2e-6;

  private final LoweredModel model;
  private final ModelPlan plan;
  private final CompiledModel compiled;
  private final int[] windows;
  private final long seed;

  private ProgramCheck(LoweredModel model, ModelPlan plan, int[] windows, long seed) {
    this.model = model;
    this.plan = plan;
    this.compiled = CompiledModel.of(plan, ADAMW, "test");
    this.windows = windows;
    this.seed = seed;
  }

  /** A compiled model, its values and batches drawn from {@code seed}. */
  public static ProgramCheck of(LoweredModel model, int[] windows, long seed) {
    return new ProgramCheck(model, Lowering.of(model).plan(), windows, seed);
  }

  /** The same with a head that takes so many rows of a training step at a time. */
  public static ProgramCheck inBlocks(LoweredModel model, int headRows, int[] windows, long seed) {
    ModelPlan plan = Lowering.of(model).plan().withHeadRows(headRows);
    return new ProgramCheck(model, plan, windows, seed);
  }

  /** Losses, every gradient and the planned memory of a training program. */
  public void requireGradients(Kernels kernels, boolean documents) {
    var random = new SplittableRandom(seed);
    Batch batch = batch(random, BATCH, TIME, documents);
    try (Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program program = compiled.create(kernels, parameters, BATCH, TIME, 0, true)) {
      Map<String, Matrix> values = randomize(parameters, random);
      assertThat(program.bufferBytes())
          .as("buffers, seed %d", seed)
          .isEqualTo(MemoryPlan.training(plan, BATCH, TIME).buffers());
      double loss = program.accumulate(batch, windows, SCALE);
      var oracle = new ModelInterpreter(model, values, bindings(batch));
      double expected = sum(oracle.forward().losses());
      assertThat(loss)
          .as("loss, seed %d", seed)
          .isCloseTo(expected, Offset.offset(1e-4 * Math.abs(expected)));
      Map<String, Matrix> gradients = oracle.gradients(SCALE);
      double noise =
          NOISE * gradients.values().stream().mapToDouble(ProgramCheck::largest).max().orElse(0);
      gradients.forEach(
          (name, gradient) -> requireClose(name, gradient, parameters.get(name), noise));
    }
  }

  /** The losses of a text that is walked in segments, state carried along. */
  public void requireCarriedState(Kernels kernels, boolean documents, int... segments) {
    int time = Arrays.stream(segments).sum();
    requireCarried(kernels, documents, time, time, segments);
  }

  /** The same, of a program that keeps so many past keys and has no room for more. */
  public void requireCarriedKeys(Kernels kernels, boolean documents, int context, int... segments) {
    int longest = Arrays.stream(segments).max().orElse(0);
    requireCarried(kernels, documents, context, longest, segments);
  }

  private void requireCarried(
      Kernels kernels, boolean documents, int context, int longest, int... segments) {
    var random = new SplittableRandom(seed);
    int time = Arrays.stream(segments).sum();
    Batch whole = batch(random, 1, time, documents);
    try (Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), false);
        Program program = compiled.create(kernels, parameters, 1, longest, context, false)) {
      Map<String, Matrix> values = randomize(parameters, random);
      Matrix expected = new ModelInterpreter(model, values, bindings(whole)).forward().losses();
      for (int walk = 0; walk < 2; walk++) {
        int first = 0;
        for (int length : segments) {
          program.evaluate(segment(whole, first, length), windows);
          for (int t = 0; t < length; t++) {
            assertThat((double) program.losses().get(t))
                .as("token %d, walk %d, seed %d", first + t, walk, seed)
                .isCloseTo(expected.get(first + t, 0), Offset.offset(2e-3));
          }
          first += length;
        }
        program.resetState();
      }
    }
  }

  /** The text of the generated class. */
  public String source() {
    return compiled.source();
  }

  private static Batch segment(Batch whole, int first, int length) {
    Batch segment = Batch.allocate(1, length);
    System.arraycopy(whole.tokens(), first, segment.tokens(), 0, length);
    System.arraycopy(whole.targets(), first, segment.targets(), 0, length);
    System.arraycopy(whole.documentStarts(), first, segment.documentStarts(), 0, length);
    return segment;
  }

  private void requireClose(String name, Matrix expected, Parameter parameter, double noise) {
    double tolerance = RELATIVE * largest(expected) + noise;
    for (int i = 0; i < expected.values().length; i++) {
      assertThat((double) parameter.gradient().get(i))
          .as("gradient of %s[%d], seed %d", name, i, seed)
          .isCloseTo(expected.values()[i], Offset.offset(tolerance));
    }
  }

  private static double largest(Matrix values) {
    return Arrays.stream(values.values()).map(Math::abs).max().orElse(0);
  }

  private static double sum(Matrix losses) {
    double sum = 0;
    for (double loss : losses.values()) {
      sum += loss;
    }
    return sum;
  }

  private Supplier<Bindings> bindings(Batch batch) {
    return () ->
        new Bindings(batch.batch(), batch.time())
            .tokens(batch.tokens())
            .targets(batch.targets())
            .documentStarts(batch.documentStarts())
            .windows(windows);
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
      batch.tokens()[row] = random.nextInt(Models.VOCABULARY);
      batch.targets()[row] = random.nextInt(-1, Models.VOCABULARY);
      batch.documentStarts()[row] = documents && random.nextInt(4) == 0;
    }
    return batch;
  }
}
