package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program says of a sequence: the same bits whatever stands beside or behind it. */
class EvaluationBitsTest {
  private static final int VOCABULARY = 50;
  private static final int ROWS = 1800;
  private static final int[] WINDOWS = {20};

  /** A chunk of a memory, a tile of queries, a register block, and one beside each. */
  private static final int[] LENGTHS = {1, 2, 3, 4, 7, 8, 9, 17, 63, 64, 65, 130, 193, 390};

  private static final int[] TOGETHER = {1, 3, 16};

  private static final String FILE =
      """
      import "std/models"
      import "std/cells"
      model mixed = lm(width: 36, blocks: %d, vocab: 50, heads: 3, window: 20) with {
        tied = true
        embedding_scale = 4
        layers = [%s, local, full]
      }
      """;

  /** One of each other family, and two that are walked token by token. */
  private static final List<String> OTHERS =
      List.of(
          "gla(heads: 3, rank: 5)",
          "gated_delta(heads: 3)",
          "rg_lru(heads: 3)",
          "mamba2(heads: 3, key: 7)",
          "kda(heads: 3)",
          "slstm(heads: 3)",
          "s6(states: 5, rank: 3)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear_attention(heads: 3)",
        "retention(heads: 3)",
        "simple_gla(heads: 3)",
        "mlstm(heads: 1, key: 128, value: 128)"
      })
  void theyDoNotWithOtherGates(String cell) {
    try (Kernels kernels = new VectorKernels(2)) {
      requireEqualBits(file(cell), kernels, TOGETHER, 1, 3, 8, 65, 130);
    }
  }

  @Test
  void theyDoNotDependOnItsPlace() {
    try (Kernels kernels = new VectorKernels(2)) {
      requireEqualBits(file("mlstm(heads: 3)"), kernels, TOGETHER, LENGTHS);
    }
  }

  @Test
  void theyDoNotWithOtherMemories() {
    try (Kernels kernels = new VectorKernels(2)) {
      requireEqualBits(file(OTHERS.toArray(String[]::new)), kernels, new int[] {1, 3}, 3, 65);
    }
  }

  @Test
  void theyDoNotWithPlainKernels() {
    try (Kernels kernels = new ScalarKernels(2)) {
      requireEqualBits(file("mlstm(heads: 3)"), kernels, TOGETHER, 3, 65);
    }
  }

  private static String file(String... memories) {
    return FILE.formatted(memories.length + 2, String.join(", ", memories));
  }

  private static void requireEqualBits(String file, Kernels kernels, int[] rows, int... lengths) {
    var model = SwaxFiles.model(file, "mixed");
    CompiledModel compiled =
        CompiledModel.of(Lowering.of(model).plan(), ProgramCheck.ADAMW, "test");
    try (Parameters parameters = parameters(compiled);
        Program program = compiled.create(kernels, parameters, 1, ROWS, 20, false)) {
      var random = new SplittableRandom(3);
      for (int length : lengths) {
        int[] tokens = random.ints(length, 0, VOCABULARY).toArray();
        int least = Math.max(length, Program.FEWEST_ROWS);
        List<Integer> alone = bits(program, tokens, 0, 1, least, random);
        for (int together : rows) {
          int most = ROWS / together;
          for (int time : new int[] {least, least + 1, least + 70}) {
            if (time <= most) {
              int place = random.nextInt(together);
              assertThat(bits(program, tokens, place, together, time, random))
                  .as("%d tokens as sequence %d of %d of %d", length, place, together, time)
                  .isEqualTo(alone);
            }
          }
        }
      }
    }
  }

  /** Losses and the last logits of tokens that stand among random others. */
  private static List<Integer> bits(
      Program program, int[] tokens, int place, int together, int time, SplittableRandom random) {
    Batch batch = Batch.allocate(together, time);
    for (int row = 0; row < together * time; row++) {
      batch.tokens()[row] = random.nextInt(VOCABULARY);
      batch.targets()[row] = random.nextInt(-1, VOCABULARY);
    }
    int first = place * time;
    for (int t = 0; t < tokens.length; t++) {
      batch.tokens()[first + t] = tokens[t];
      batch.targets()[first + t] = tokens[(t + 1) % tokens.length];
    }
    program.evaluateApart(batch, WINDOWS);
    var bits = new ArrayList<Integer>();
    for (int t = 0; t < tokens.length; t++) {
      bits.add(Float.floatToRawIntBits(program.losses().get(first + t)));
    }
    long last = (long) (first + tokens.length - 1) * VOCABULARY;
    for (int i = 0; i < VOCABULARY; i++) {
      bits.add(Float.floatToRawIntBits(program.logits().get(last + i)));
    }
    return bits;
  }

  private static Parameters parameters(CompiledModel model) {
    var random = new SplittableRandom(11);
    Parameters parameters = Parameters.allocate(model.parameterSpecs(), false);
    for (Parameter parameter : parameters.all()) {
      double centre = parameter.spec().decayed() ? 0 : 1;
      for (long i = 0; i < parameter.spec().size(); i++) {
        parameter.value().set(i, (float) (centre + 0.2 * (random.nextDouble() - 0.5)));
      }
    }
    return parameters;
  }
}
