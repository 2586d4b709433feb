package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.evaluate.TaskEvaluator;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a model answers does not depend on how many answers it writes side by side. */
class AnswersTest {
  private static final int QUESTIONS = 7;
  private static final String FILE =
      """
      import "std/models"
      import "std/cells"
      model small = lm(width: 32, blocks: 2, vocab: 256, heads: 2, window: 9) with {
        layers = [mlstm(heads: 2), local]
      }
      """;

  private int calls;

  @Test
  void answersAreTheSameOneAtATimeAndManyAtATime() {
    List<String> alone = answers(1, () -> false);
    assertThat(alone).hasSize(3 * QUESTIONS).doesNotHaveDuplicates();
    assertThat(answers(4, () -> false)).isEqualTo(alone);
    assertThat(answers(20, () -> false)).isEqualTo(alone);
  }

  /**
   * Prompts of 17, 34 and 51 tokens side by side, in segments of 20, begin with the same two: five
   * of six are read. The last question, of 68 tokens, comes alone.
   */
  @Test
  void whatPromptsShareIsReadOnce() {
    calls = 0;
    answers(20, () -> false);
    assertThat(calls).isEqualTo(1 + 2 + 2 + 4);
    calls = 0;
    answers(1, () -> false);
    assertThat(calls).isEqualTo(3 * (2 * (1 + 2 + 3) + 4));
  }

  @Test
  void whoIsStoppedInTheMiddleHasNoScore() {
    int[] asked = {0};
    assertThat(answers(16, () -> asked[0]++ > 10)).isEmpty();
  }

  private List<String> answers(int texts, BooleanSupplier stop) {
    CompiledModel model =
        CompiledModel.of(
            Lowering.of(SwaxFiles.model(FILE, "small")).plan(), ProgramCheck.ADAMW, "test");
    var task = new Continue(new ArrayList<>());
    try (Kernels kernels = new VectorKernels(2);
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), false);
        Program program = model.create(kernels, parameters, texts, 20, 8, false)) {
      Initialization.initialize(parameters.all(), 3);
      var evaluator = new TaskEvaluator(counting(program), new int[] {9}, stop, _ -> {});
      assertThat(evaluator.score(task, 1, QUESTIONS).isPresent()).isEqualTo(!task.told.isEmpty());
    }
    return task.told;
  }

  /** The program, whose calls of {@code evaluate} are counted. */
  private Program counting(Program program) {
    return (Program)
        Proxy.newProxyInstance(
            Program.class.getClassLoader(),
            new Class<?>[] {Program.class},
            (_, method, arguments) -> {
              calls += method.getName().equals("evaluate") ? 1 : 0;
              return method.invoke(program, arguments);
            });
  }

  /** Three samples each; two questions in turn have the same prompt, and all begin alike. */
  private record Continue(List<String> told) implements GenerationTask {
    @Override
    public Tokenizer tokenizer() {
      return ByteTokenizer.BYTES;
    }

    @Override
    public Decoding decoding() {
      return new Decoding(30, 3, 0.9, List.of("e"));
    }

    @Override
    public Question question(long seed, long index) {
      String text = "once upon a time ".repeat((int) (index / 2) + 1);
      return new Question(text, tokenizer().prompt(text), "", List.of(), "", "g" + text.length());
    }

    @Override
    public List<String> metrics() {
      return List.of("length");
    }

    @Override
    public double[] score(Question question, List<String> answers) {
      told.addAll(answers);
      return new double[] {answers.getFirst().length()};
    }

    @Override
    public String describe() {
      return "continue()";
    }

    @Override
    public int vocabulary() {
      return 256;
    }

    @Override
    public int length() {
      return 0;
    }

    @Override
    public Task atLength(int length) {
      return this;
    }

    @Override
    public Task withTokenizer(Tokenizer tokenizer) {
      return this;
    }

    @Override
    public long size() {
      return QUESTIONS;
    }
  }
}
