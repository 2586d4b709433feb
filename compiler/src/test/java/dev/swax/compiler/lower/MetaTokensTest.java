package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.tornado.DeviceFamilies;
import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.facts.StateSize;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose own rows stand before each sequence. */
class MetaTokensTest {
  private static final String FILE =
      """
      import "std/cells"

      cell chunks(heads = 2, head = 6) {
        q, k: [head] = rotate(linear(x), base: 100)
        v: [head] = linear(x)
        out = linear(attend(q, k, v, mask: chunked(4)))
      }
      cell filtered(taps = 3) {
        u: [width] = linear(x)
        out = linear(conv(u, taps) * previous(u))
      }
      cell reader(source, window: Window, heads = 2, head = 10) {
        q: [head] = rotate(linear(x), base: 10k)
        out = linear(attend(q, source.k, source.v, window: window))
      }
      block sees(mixer, ffn) {
        h = x + mixer(norm(x + linear(embedding)))
        out = h + ffn(norm(h))
      }

      model base(window: Window = 5) {
        width = 20   vocab = 19   norm = rmsnorm(eps: 1e-2)   ffn = swiglu(hidden: 8)   meta = 3
        let local = swa(window: window, heads: 2)
        let full = attention(heads: 2)
        let memory = mlstm(heads: 2, key: 4, value: 6)
        let filter = filtered
        let again = reader(source: local, window: window)
        layers = [local, full, memory]
      }
      model windows = base with { layers = [local, again, local] }
      model memories = base with { layers = [memory, s6(value: 6, states: 2, rank: 2), memory] }
      model filters = base with { layers = [filter, local, filter] }
      model blocks = base with { layers = [sees(mixer: local), sees(mixer: full)], tied = true }
      model learnt = base with { layers = [local, chunks], positions = 21, embedding_scale = 4 }
      model experts = base with { ffn = moe(swiglu(hidden: 6), experts: 3, active: 2, balance: 0.5) }
      model one = base with { meta = 1 }
      model none = base with { meta = none }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {"base", "windows", "memories", "filters", "blocks", "learnt", "experts", "one"})
  void trainsAndWalksAsTheInterpreter(String name) {
    var check = ProgramCheck.of(LowerModel.lower(model(name)), windows(name), 3);
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels(2))) {
      try (kernels) {
        check.requireGradients(kernels, false);
        check.requireCarriedState(kernels, false, 1, 1, 6, 1, 4, 1);
      }
    }
  }

  @Test
  void aWindowKeepsMetaTokensHoweverLongTheTextIs() {
    var check = ProgramCheck.of(LowerModel.lower(model("windows")), new int[] {5}, 4);
    try (Kernels kernels = new VectorKernels(1)) {
      check.requireCarriedKeys(kernels, false, 4, 6, 1, 6, 1, 6, 1, 1, 1, 1, 1, 1, 1, 6, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "windows", "memories"})
  void sequencesReadTogetherAreThoseReadAlone(String name) {
    CompiledModel compiled = compiled(name);
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), false);
        Program program = compiled.create(kernels, parameters, 1, 24, 24, false)) {
      assertThat(program.metaTokens()).isEqualTo(3);
      randomize(parameters);
      Batch all = batch(3, 6);
      program.evaluateApart(all, windows(name));
      float[] together = losses(program, 18);
      for (int i = 0; i < 3; i++) {
        Batch alone = part(all, i * 6, 6);
        program.resetState();
        program.evaluate(alone, windows(name));
        float[] own = losses(program, 6);
        for (int t = 0; t < 6; t++) {
          assertThat(together[i * 6 + t])
              .as("token %d of %d", t, i)
              .isCloseTo(own[t], within(1e-4f));
        }
      }
    }
  }

  @Test
  void aDocumentBeginsWithItsSequenceOnly() {
    CompiledModel compiled = compiled("base");
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program program = compiled.create(kernels, parameters, 2, 6, 0, true)) {
      Batch batch = batch(2, 6);
      batch.documentStarts()[6] = true;
      program.accumulate(batch, windows("base"), 1);
      batch.documentStarts()[8] = true;
      assertThatThrownBy(() -> program.accumulate(batch, windows("base"), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("begins at token 2 of a sequence");
    }
  }

  @Test
  void lossesOfTrainingAreInTheOrderOfTheTokens() {
    CompiledModel compiled = compiled("base");
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(compiled.parameterSpecs(), true);
        Program training = compiled.create(kernels, parameters, 2, 6, 0, true);
        Program evaluation = compiled.create(kernels, parameters, 1, 15, 15, false)) {
      randomize(parameters);
      Batch batch = batch(2, 6);
      training.accumulate(batch, windows("base"), 1);
      evaluation.evaluateApart(batch, windows("base"));
      float[] expected = losses(evaluation, 12);
      float[] found = losses(training, 12);
      for (int row = 0; row < 12; row++) {
        assertThat(found[row]).as("row %d", row).isCloseTo(expected[row], within(1e-4f));
      }
    }
  }

  @Test
  void factsCountThem() {
    Architecture with = model("base");
    Architecture without = model("none");
    assertThat(ParameterCount.of(with).total() - ParameterCount.of(without).total())
        .isEqualTo(3 * 20);
    // Two attentions keep keys and values of 20 channels for each of them.
    assertThat(StateSize.bytes(with, 100) - StateSize.bytes(without, 100))
        .isEqualTo(2 * 3 * 2 * 20 * Float.BYTES);
    Usage usage = new Usage(30, 1, 1, true);
    double head = 2.0 * 20 * 19;
    double rows = new FlopCount(without).perToken(usage) - head;
    // Every row sees three keys more, and there are 33 of them for 30 tokens.
    double seen = 2 * 3 * 2.0 * 2 * 20;
    assertThat(new FlopCount(with).perToken(usage))
        .isCloseTo(head + 33 / 30.0 * (rows + seen), within(1e-6));
    assertThat(with.options().words()).isEqualTo("own head, 3 meta tokens");
    assertThat(model("one").options().words()).isEqualTo("own head, 1 meta token");
    assertThat(DeviceFamilies.findObstacle(with))
        .hasValueSatisfying(words -> assertThat(words).contains("meta tokens"));
    assertThat(DeviceFamilies.findObstacle(without)).isEmpty();
  }

  private static CompiledModel compiled(String name) {
    return CompiledModel.of(Lowering.of(model(name)).plan(), ProgramCheck.ADAMW, "test");
  }

  private static int[] windows(String name) {
    return name.equals("memories") ? new int[0] : new int[] {5};
  }

  private static Architecture model(String name) {
    return SwaxFiles.model(FILE, name);
  }

  private static void randomize(Parameters parameters) {
    var random = new SplittableRandom(5);
    for (Parameter parameter : parameters.all()) {
      for (long i = 0; i < parameter.value().length(); i++) {
        parameter.value().set(i, (float) (random.nextDouble() - 0.5));
      }
    }
  }

  private static Batch batch(int sequences, int time) {
    var random = new SplittableRandom(6);
    Batch batch = Batch.allocate(sequences, time);
    for (int row = 0; row < sequences * time; row++) {
      batch.tokens()[row] = random.nextInt(19);
      batch.targets()[row] = random.nextInt(19);
    }
    return batch;
  }

  private static Batch part(Batch all, int from, int time) {
    Batch part = Batch.allocate(1, time);
    System.arraycopy(all.tokens(), from, part.tokens(), 0, time);
    System.arraycopy(all.targets(), from, part.targets(), 0, time);
    return part;
  }

  private static float[] losses(Program program, int count) {
    float[] losses = new float[count];
    for (int i = 0; i < count; i++) {
      losses[i] = program.losses().get(i);
    }
    return losses;
  }
}
