package dev.swax.runtime.task.text.babi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.random.RandomStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoriesTest {
  private static final int COUNT = 2_000;
  private static final long SEED = 17;

  @ParameterizedTest
  @EnumSource(BabiKind.class)
  void aReaderOfTheWordsComesToTheSameAnswer(BabiKind kind) {
    for (int i = 0; i < COUNT; i++) {
      Story story = story(kind, i);
      assertThat(Reader.answer(story))
          .as("seed %d, story %d: %s", SEED, i, story)
          .isEqualTo(story.answer());
    }
  }

  @ParameterizedTest
  @EnumSource(BabiKind.class)
  void everyLabelIsAnAnswerAndNoneHasMoreThanHalf(BabiKind kind) {
    List<String> answers =
        IntStream.range(0, COUNT).mapToObj(i -> story(kind, i).answer()).toList();
    Set<String> seen = new TreeSet<>(answers);
    assertThat(seen).isEqualTo(new TreeSet<>(kind.labels()));
    for (String label : seen) {
      assertThat(answers.stream().filter(label::equals).count()).as(label).isLessThan(COUNT / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(BabiKind.class)
  void theAnswerIsNotInTheQuestion(BabiKind kind) {
    for (int i = 0; i < COUNT; i++) {
      assertThat(story(kind, i).question()).doesNotContain(story(kind, i).answer());
    }
  }

  @Test
  void storiesHaveTheLengthsOfTheirRules() {
    for (int i = 0; i < COUNT; i++) {
      assertThat(story(BabiKind.QA1, i).facts().size()).isIn(2, 4, 6, 8, 10);
      assertThat(story(BabiKind.QA2, i).facts().size()).isGreaterThanOrEqualTo(3);
      assertThat(story(BabiKind.QA3, i).facts().size()).isGreaterThanOrEqualTo(3);
      assertThat(story(BabiKind.QA4, i).facts()).hasSize(2);
      assertThat(story(BabiKind.QA5, i).facts().size()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aQuestionAboutAGiftComesInFiveForms() {
    Set<String> forms = new TreeSet<>();
    for (int i = 0; i < COUNT; i++) {
      forms.add(
          story(BabiKind.QA5, i)
              .question()
              .replaceAll("apple|football|milk", "O")
              .replaceAll("Bill|Fred|Jeff|Mary", "P"));
    }
    assertThat(forms)
        .containsExactly(
            "What did P give to P?",
            "Who did P give the O to?",
            "Who gave the O to P?",
            "Who gave the O?",
            "Who received the O?");
  }

  private static Story story(BabiKind kind, int i) {
    return Stories.draw(kind, new RandomStream(SEED, "story/" + i));
  }
}
