package dev.swax.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.catalog.TaskCatalog;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.text.Continuation;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.task.text.babi.BabiKind;
import dev.swax.runtime.task.text.babi.BabiTask;
import dev.swax.runtime.task.text.exact.AnswerSet;
import dev.swax.runtime.task.text.exact.ExactMatch;
import dev.swax.runtime.task.text.record.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tasks ask in tokens of which none is a byte. */
class TasksTest {
  @TempDir private Path folder;

  /** Tokenizers that give back the text that they were given. */
  @ParameterizedTest
  @FieldSource("dev.swax.tokenizers.HfTokenizersTest#KINDS")
  void aBlankAtTheEndOfAContextGoesToTheOption(String name) {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    var cut = Continuation.encode(tokenizer, "The boats come ", "home.");
    assertThat(cut.context()).isEqualTo(tokenizer.prompt("The boats come"));
    int[] whole =
        IntStream.concat(Arrays.stream(cut.context()), Arrays.stream(cut.continuation())).toArray();
    assertThat(whole).isEqualTo(tokenizer.prompt("The boats come home."));
    assertThat(cut.continuation()).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("dev.swax.tokenizers.HfTokenizersTest#KINDS")
  void somethingOfAnOptionIsLeft(String name) {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    assertThat(Continuation.encode(tokenizer, "boa", "ts").continuation()).isNotEmpty();
    assertThat(Continuation.encode(tokenizer, "boat", "boat").continuation()).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("dev.swax.tokenizers.HfTokenizersTest#KINDS")
  void factsAreAskedInTokens(String name) {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    GenerationTask task =
        (GenerationTask)
            new BabiTask(BabiKind.QA1, 3000, BabiTask.Options.standard(), Prose.SHIPPED, tokenizer);
    for (int index = 0; index < 3; index++) {
      asked(task, index, tokenizer);
      assertThat(task.example(1, index).tokens().length).isBetween(2400, 3000);
    }
  }

  @ParameterizedTest
  @FieldSource("dev.swax.tokenizers.HfTokenizersTest#KINDS")
  void shortAnswersAreAskedInTokens(String name) throws IOException {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    Path file = folder.resolve("nq.jsonl");
    Files.writeString(
        file,
        """
        {"question": "where do the boats come home", "answer": ["the shore", "in the dark"]}
        {"question": "what burns low", "answer": ["the lamp"]}
        """);
    var task = new ExactMatch(AnswerSet.NQ, 64, new RecordFile("nq.jsonl", file), tokenizer);
    assertThat(task.size()).isEqualTo(2);
    for (int index = 0; index < 2; index++) {
      asked(task, index, tokenizer);
    }
  }

  /** The question as a prompt, then the answer, of which every token is a target. */
  private static void asked(GenerationTask task, int index, HfTokenizer tokenizer) {
    Question question = task.question(1, index);
    Example example = task.example(1, index);
    int asked = question.tokens().length;
    int length = example.tokens().length;
    assertThat(question.tokens()).isEqualTo(tokenizer.prompt(question.text()));
    assertThat(Arrays.copyOf(example.tokens(), asked)).isEqualTo(question.tokens());
    assertThat(length).isGreaterThan(asked);
    for (int t = 0; t < length; t++) {
      boolean predicted = t >= asked - 1 && t < length - 1;
      assertThat(example.targets()[t]).isEqualTo(predicted ? example.tokens()[t + 1] : -1);
    }
  }

  /** Needles fit into their tokens, and the taught answer is what follows in the whole text. */
  @ParameterizedTest
  @FieldSource("dev.swax.tokenizers.HfTokenizersTest#KINDS")
  void needlesAreAskedInTokens(String name) {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    GenerationTask task =
        (GenerationTask)
            TaskCatalog.TASKS.stream()
                .filter(declared -> declared.name().equals("niah"))
                .findFirst()
                .orElseThrow()
                .factory()
                .apply(new Given(Map.of(), tokenizer))
                .atLength(3000);
    Question question = task.question(1, 0);
    Example example = task.example(1, 0);
    int asked = question.tokens().length;
    assertThat(question.tokens()).isEqualTo(tokenizer.prompt(question.text()));
    assertThat(example.tokens().length).isLessThanOrEqualTo(3000).isGreaterThan(2400);
    assertThat(Arrays.copyOf(example.tokens(), asked)).isEqualTo(question.tokens());
    assertThat(example.tokens()).isEqualTo(tokenizer.prompt(question.text() + question.answer()));
    assertThat(example.targets()[asked - 1]).isEqualTo(example.tokens()[asked]);
    assertThat(Arrays.stream(example.targets()).filter(target -> target >= 0).count())
        .isEqualTo(example.tokens().length - asked);
  }
}
