package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are evaluated side by side: each has the bits that it has alone. */
class TextsTest {
  private static final int VOCABULARY = 50;
  private static final int[] WINDOWS = {5};
  private static final int SEGMENT = 30;
  private static final int CONTEXT = 100;
  private static final int STEPS = 8;

  /** A prompt of one token, of few, of one segment, and of several. */
  private static final int[] LENGTHS = {1, 3, SEGMENT, 71, 8};

  private static final String FILE =
      """
      import "std/models"
      import "std/cells"
      model attentions = lm(width: 36, blocks: 3, vocab: 50, heads: 3, window: 5) with {
        layers = [local, full, local]
        meta = 2
      }
      model memories = lm(width: 36, blocks: 7, vocab: 50, heads: 3, window: 5) with {
        tied = true
        positions = 64
        ffn = moe(swiglu(hidden: 24), experts: 4, active: 2)
        layers = [
          mlstm(heads: 3), gla(heads: 3, rank: 5), gated_delta(heads: 3), rg_lru(heads: 3),
          mamba2(heads: 3, key: 7), slstm(heads: 3), local,
        ]
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"attentions", "memories"})
  void eachHasTheBitsThatItHasAlone(String name) {
    CompiledModel model = compiled(name);
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = parameters(model);
        Program one = model.create(kernels, parameters, 1, SEGMENT, CONTEXT, false);
        Program many = model.create(kernels, parameters, LENGTHS.length, SEGMENT, CONTEXT, false)) {
      List<List<Integer>> alone = new ArrayList<>();
      for (int length : LENGTHS) {
        one.resetState();
        read(one, length);
        alone.add(steps(one, new int[] {length}).getFirst());
      }
      for (int i = 0; i < LENGTHS.length; i++) {
        many.select(i);
        read(many, LENGTHS[i]);
      }
      assertThat(steps(many, LENGTHS)).isEqualTo(alone);
    }
  }

  /** A text that was copied goes on like the first one, and moves away from it. */
  @ParameterizedTest
  @ValueSource(strings = {"attentions", "memories"})
  void aCopyGoesOnFromWhereItsTextStood(String name) {
    CompiledModel model = compiled(name);
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, 3, SEGMENT, CONTEXT, false)) {
      program.select(1);
      read(program, 71);
      program.copyText(1, 0);
      program.copyText(1, 2);
      List<List<Integer>> bits = steps(program, new int[] {71, 8, 71});
      assertThat(bits.get(2)).isEqualTo(bits.get(0)).isNotEqualTo(bits.get(1));
    }
  }

  /** By other kernels, so to a rounding. */
  @ParameterizedTest
  @ValueSource(strings = {"attentions", "memories"})
  void aStepComputesWhatACallOfOneTokenDoes(String name) {
    CompiledModel model = compiled(name);
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = parameters(model);
        Program program = model.create(kernels, parameters, 2, SEGMENT, CONTEXT, false)) {
      program.select(0);
      read(program, 71);
      program.select(1);
      read(program, 8);
      program.step(new int[] {9, 9}, WINDOWS);
      float[] stepped = row(program, 0);
      program.resetState();
      read(program, 71);
      program.evaluate(new Batch(1, 1, new int[] {9}, new int[] {-1}, new boolean[1]), WINDOWS);
      assertThat(stepped).containsExactly(row(program, 0), Offset.offset(1e-4f));
    }
  }

  /** The text of a length: its tokens depend on that alone. */
  private static void read(Program program, int length) {
    var random = new SplittableRandom(length);
    for (int from = 0; from < length; from += SEGMENT) {
      int time = Math.min(SEGMENT, length - from);
      Batch batch = Batch.allocate(1, time);
      for (int t = 0; t < time; t++) {
        batch.tokens()[t] = random.nextInt(VOCABULARY);
      }
      Arrays.fill(batch.targets(), -1);
      batch.documentStarts()[0] = from == 0;
      program.evaluate(batch, WINDOWS);
    }
  }

  /** The logits of each text after some steps with tokens of its own. */
  private static List<List<Integer>> steps(Program program, int[] seeds) {
    List<List<Integer>> bits = new ArrayList<>();
    Arrays.stream(seeds).forEach(_ -> bits.add(new ArrayList<>()));
    for (int step = 0; step < STEPS; step++) {
      int next = step;
      program.step(
          Arrays.stream(seeds).map(seed -> (7 * seed + 11 * next) % VOCABULARY).toArray(), WINDOWS);
      for (int i = 0; i < seeds.length; i++) {
        for (float logit : row(program, i)) {
          bits.get(i).add(Float.floatToRawIntBits(logit));
        }
      }
    }
    return bits;
  }

  private static float[] row(Program program, int row) {
    float[] logits = new float[program.vocabulary()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = program.logits().get((long) row * logits.length + i);
    }
    return logits;
  }

  private static CompiledModel compiled(String name) {
    return CompiledModel.of(
        Lowering.of(SwaxFiles.model(FILE, name)).plan(), ProgramCheck.ADAMW, "test");
  }

  private static Parameters parameters(CompiledModel model) {
    var random = new SplittableRandom(5);
    Parameters parameters = Parameters.allocate(model.parameterSpecs(), false);
    for (Parameter parameter : parameters.all()) {
      double centre = parameter.spec().decayed() ? 0 : 1;
      for (long i = 0; i < parameter.spec().size(); i++) {
        parameter.value().set(i, (float) (centre + 0.4 * (random.nextDouble() - 0.5)));
      }
    }
    return parameters;
  }
}
