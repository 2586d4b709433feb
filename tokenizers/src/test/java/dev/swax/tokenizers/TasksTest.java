package dev.swax.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.catalog.TaskCatalog;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.text.Continuation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tasks ask in tokens of which none is a byte. */
class TasksTest {
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
