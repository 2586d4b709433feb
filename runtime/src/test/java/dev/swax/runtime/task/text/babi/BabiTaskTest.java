package dev.swax.runtime.task.text.babi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.token.ByteTokenizer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BabiTaskTest {
  private static final Prose PROSE = new Prose(1);

  @ParameterizedTest
  @EnumSource(BabiKind.class)
  void fillsTheLengthAndNeverPassesIt(BabiKind kind) {
    long seed = 3;
    SplittableRandom lengths = new SplittableRandom(seed);
    for (int i = 0; i < 30; i++) {
      int length = lengths.nextInt(3_000, 20_000);
      BabiTask task = task(kind, length, BabiTask.Options.standard());
      Question question = task.question(seed, i);
      int tokens = question.tokens().length + task.decoding().tokens();
      String about = "seed %d, question %d, length %d".formatted(seed, i, length);
      assertThat(tokens).as(about).isLessThanOrEqualTo(length);
      assertThat(length - tokens).as("unused, " + about).isLessThan(330);
      assertThat(task.score(question, List.of(question.answer()))).as(about).containsOnly(1);
      assertThat(task.score(question, List.of(" the wrong place."))).as(about).containsOnly(0);
    }
  }

  @Test
  void factsStayInTheirOrderBetweenTheSentences() {
    var task = task(BabiKind.QA1, 4_000, new BabiTask.Options(BabiPrompt.SHORT, 0.125, 16));
    for (int i = 0; i < 50; i++) {
      String text = task.question(1, i).text();
      List<String> facts =
          text
              .lines()
              .findFirst()
              .orElseThrow()
              .transform(line -> List.of(line.split("(?<=[.\"]) ")))
              .stream()
              .filter(s -> s.matches("(John|Mary|Sandra|Daniel) \\w+( back)? to the \\w+\\."))
              .toList();
      String asked = task.question(1, i).asked();
      assertThat(Reader.answer(new Story(facts, asked, "")))
          .as("question %d", i)
          .isEqualTo(task.question(1, i).references().getFirst());
    }
  }

  @Test
  void thePromptHasItsParts() {
    String prompt = task(BabiKind.QA4, 4_000, BabiTask.Options.standard()).question(1, 0).text();
    assertThat(prompt)
        .startsWith("Somewhere in the text below")
        .contains("</example>\n\nAnswer with that one word", "\n<context>\n", "\n</context>\n")
        .endsWith("?\nAnswer:");
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThatThrownBy(() ->
            task(BabiKind.QA4, 500, new BabiTask.Options(BabiPrompt.FULL, 0.5, 16)).question(1, 0))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("`babilong(task: qa4)` does not fit into 500 tokens: its prompt");
    assertThatThrownBy(() -> task(BabiKind.QA3, 300, BabiTask.Options.standard()).question(1, 0))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "`babilong(task: qa3)` at length 300: facts may take a share of 0.125, which is 37"
                + " tokens, but of 2,000 stories the shortest has");
  }

  @Test
  void onlyTheTargetMayBeNamedButForTheQuestion() {
    assertThat(isRight("The kitchen")).isTrue();
    assertThat(isRight("Not the garden but the kitchen.")).isTrue();
    assertThat(isRight("kitchen or office")).isFalse();
    assertThat(isRight("kitchen. Then the office")).isTrue();
    assertThat(isRight("KITCHEN\nQuestion: where is the office")).isTrue();
    assertThat(isRight("It is there. In the kitchen")).isFalse();
    assertThat(isRight("")).isFalse();
  }

  private static boolean isRight(String prediction) {
    String question = "Where was the milk before the garden?";
    return LabelMatch.isRight(prediction, question, "kitchen", BabiKind.QA3.labels());
  }

  @Test
  void atLengthNoughtThereIsTheStoryAlone() {
    var short0 = new BabiTask.Options(BabiPrompt.SHORT, 0.125, 16);
    for (BabiKind kind : BabiKind.values()) {
      BabiTask task = task(kind, 0, short0);
      assertThat(task.describe()).contains("length: 0 tok");
      for (int i = 0; i < 50; i++) {
        Question question = task.question(7, i);
        String facts = question.text().substring(0, question.text().indexOf("\nQuestion: "));
        assertThat(facts).isNotEmpty();
        for (String fact : facts.split("(?<=\\.) ")) {
          assertThat(fact).matches("(The|[A-Z][a-z]+) .* .*\\.").doesNotContain(",");
        }
        assertThat(task.score(question, List.of(question.answer()))).containsExactly(1, 1);
      }
      int longest = TaskLengths.longest(task, 7, 50);
      assertThat(longest).isGreaterThan(task.question(7, 0).tokens().length);
    }
  }

  private static BabiTask task(BabiKind kind, int length, BabiTask.Options options) {
    return new BabiTask(kind, length, options, PROSE, ByteTokenizer.BYTES);
  }
}
