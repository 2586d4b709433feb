package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Training on sequences that begin with the state that another one left. */
class CarriedStateTest {
  private static final int LEAD = 70;
  private static final int OWN = 9;
  private static final int TIME = LEAD + OWN;

  /** One of each family, and a window of one token, which sees nothing of the sequence before. */
  private static final Architecture MODEL =
      SwaxFiles.model(
          """
          import "std/models"
          import "std/cells"
          model mixed = lm(width: 24, blocks: 6, vocab: 20, heads: 2, window: 1) with {
            layers = [
              mlstm(heads: 2), local, gated_delta(heads: 2), gla(heads: 2, rank: 3), kda(heads: 2),
              rg_lru(heads: 2),
            ]
          }
          """,
          "mixed");

  private final CompiledModel compiled =
      CompiledModel.of(Lowering.of(MODEL).plan(), ProgramCheck.ADAMW, "test");

  /** The derivative of the loss along a direction, the state that was left being a constant. */
  @Test
  void itsGradientIsThatOfTheLossWithAFixedState() {
    var random = new SplittableRandom(81);
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program training = compiled.create(kernels, parameters, 1, TIME, 0, true);
        Program reading = compiled.create(kernels, parameters, 1, TIME, 0, false)) {
      randomize(parameters, random);
      Batch batch = batch(random);
      List<float[]> direction = direction(parameters, random);
      double loss = training.accumulate(batch, new int[] {1}, 1);
      double derivative = along(parameters, direction);
      double step = 2e-3;
      double above = ownLoss(reading, parameters, batch, direction, step);
      double below = ownLoss(reading, parameters, batch, direction, -step);
      assertThat(loss)
          .isCloseTo(ownLoss(reading, parameters, batch, direction, 0), Offset.offset(1e-3));
      assertThat(derivative).isCloseTo((above - below) / (2 * step), Percentage.withPercentage(2));
    }
  }

  /** The loss of the own tokens: the first ones are read with the weights as they are. */
  private static double ownLoss(
      Program reading, Parameters parameters, Batch batch, List<float[]> direction, double step) {
    reading.resetState();
    reading.evaluate(part(batch, 0, LEAD), new int[] {1});
    move(parameters, direction, step);
    double loss = reading.evaluate(part(batch, LEAD, OWN), new int[] {1});
    move(parameters, direction, -step);
    return loss;
  }

  /** Where the own sequence begins a document, nothing comes from the one before it. */
  @Test
  void aSequenceThatTakesNothingOverIsAsAlone() {
    var random = new SplittableRandom(82);
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program training = compiled.create(kernels, parameters, 1, TIME, 0, true)) {
      randomize(parameters, random);
      Batch batch = batch(random);
      batch.documentStarts()[LEAD] = true;
      double loss = training.accumulate(batch, new int[] {20}, 1);
      List<float[]> gradients = gradients(parameters);
      training.clearGradients();
      assertThat(training.accumulate(part(batch, LEAD, OWN), new int[] {20}, 1))
          .isCloseTo(loss, Offset.offset(1e-4));
      List<float[]> alone = gradients(parameters);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(gradients.get(i))
            .as(parameters.all().get(i).spec().name())
            .containsExactly(alone.get(i), Offset.offset(2e-4f));
      }
    }
  }

  /** Attention sees nothing of the sequence before, whatever its window. */
  @Test
  void windowsDoNotReachAcross() {
    Architecture windows =
        SwaxFiles.model(
            "import \"std/models\"\nmodel w = swa_only(width: 24, blocks: 2, vocab: 20, heads: 2, window: 40)",
            "w");
    CompiledModel code = CompiledModel.of(Lowering.of(windows).plan(), ProgramCheck.ADAMW, "test");
    var random = new SplittableRandom(83);
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(code.parameterSpecs(), true);
        Program training = code.create(kernels, parameters, 1, TIME, 0, true)) {
      randomize(parameters, random);
      Batch batch = batch(random);
      double loss = training.accumulate(batch, new int[] {40}, 1);
      assertThat(training.accumulate(part(batch, LEAD, OWN), new int[] {40}, 1))
          .isCloseTo(loss, Offset.offset(1e-4));
    }
  }

  private static Batch batch(SplittableRandom random) {
    Batch batch = Batch.allocate(1, TIME, LEAD);
    for (int t = 0; t < TIME; t++) {
      batch.tokens()[t] = random.nextInt(20);
      batch.targets()[t] = t < LEAD ? -1 : random.nextInt(20);
    }
    return batch;
  }

  private static Batch part(Batch batch, int from, int count) {
    return new Batch(
        1,
        count,
        Arrays.copyOfRange(batch.tokens(), from, from + count),
        Arrays.copyOfRange(batch.targets(), from, from + count),
        new boolean[count]);
  }

  private static void randomize(Parameters parameters, SplittableRandom random) {
    for (Parameter parameter : parameters.all()) {
      double centre = parameter.spec().decayed() ? 0 : 1;
      for (long i = 0; i < parameter.value().length(); i++) {
        parameter.value().set(i, (float) (centre + 0.5 * (random.nextDouble() - 0.5)));
      }
    }
  }

  private static List<float[]> direction(Parameters parameters, SplittableRandom random) {
    List<float[]> direction = new ArrayList<>();
    for (Parameter parameter : parameters.all()) {
      float[] own = new float[(int) parameter.value().length()];
      for (int i = 0; i < own.length; i++) {
        own[i] = (float) (random.nextDouble() - 0.5);
      }
      direction.add(own);
    }
    return direction;
  }

  private static void move(Parameters parameters, List<float[]> direction, double step) {
    for (int p = 0; p < direction.size(); p++) {
      Parameter parameter = parameters.all().get(p);
      for (int i = 0; i < direction.get(p).length; i++) {
        double moved = parameter.value().get(i) + step * direction.get(p)[i];
        parameter.value().set(i, (float) moved);
      }
    }
  }

  private static double along(Parameters parameters, List<float[]> direction) {
    double sum = 0;
    for (int p = 0; p < direction.size(); p++) {
      for (int i = 0; i < direction.get(p).length; i++) {
        sum += (double) parameters.all().get(p).gradient().get(i) * direction.get(p)[i];
      }
    }
    return sum;
  }

  private static List<float[]> gradients(Parameters parameters) {
    List<float[]> gradients = new ArrayList<>();
    for (Parameter parameter : parameters.all()) {
      float[] own = new float[(int) parameter.gradient().length()];
      for (int i = 0; i < own.length; i++) {
        own[i] = parameter.gradient().get(i);
      }
      gradients.add(own);
    }
    return gradients;
  }
}
