package dev.swax.runtime.task.text.needle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.task.text.StringMatch;
import dev.swax.runtime.token.ByteTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeedleTaskTest {
  private static final Prose PROSE = new Prose(1);

  @ParameterizedTest
  @EnumSource(NeedleKind.class)
  void fillsTheLengthAndNeverPassesIt(NeedleKind kind) {
    long seed = 20;
    SplittableRandom lengths = new SplittableRandom(seed);
    for (int i = 0; i < 40; i++) {
      int length = lengths.nextInt(900, 12_000);
      NeedleTask task = new NeedleTask(kind, length, options(i), PROSE, ByteTokenizer.BYTES);
      Question sample = task.question(seed, i);
      int tokens = sample.tokens().length + task.decoding().tokens();
      String about = "seed %d, sample %d, length %d".formatted(seed, i, length);
      assertThat(tokens).as(about).isLessThanOrEqualTo(length);
      assertThat(length - tokens).as("unused, " + about).isLessThan(330);
      assertThat(bytes(sample.answer())).as(about).isLessThanOrEqualTo(task.decoding().tokens());
      for (String reference : sample.references()) {
        assertThat(sample.text().split(reference, -1)).as(about).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NeedleKind.class)
  void asksTheSameAtEveryLength(NeedleKind kind) {
    Question small = sample(kind, NeedleOptions.standard(), 1_500, 7);
    Question large = sample(kind, NeedleOptions.standard(), 40_000, 7);
    assertThat(large.references()).isEqualTo(small.references());
    assertThat(large.answer()).isEqualTo(small.answer());
    assertThat(large.text()).isEqualTo(sample(kind, NeedleOptions.standard(), 40_000, 7).text());
    assertThat(sample(kind, NeedleOptions.standard(), 1_500, 8).references())
        .isNotEqualTo(small.references());
  }

  @ParameterizedTest
  @EnumSource(NeedleKind.class)
  void itsOwnAnswerIsRight(NeedleKind kind) {
    Question sample = sample(kind, NeedleOptions.standard(), 2_000, 3);
    assertThat(StringMatch.all(sample.answer(), sample.references())).isEqualTo(1);
    assertThat(sample.references()).hasSize(kind.answers()).doesNotHaveDuplicates();
  }

  @Test
  void oneAnswerMakesTheFrameSingularAndLeavesTheNeedle() {
    String one = sample(NeedleKind.SINGLE_1, NeedleOptions.standard(), 1_000, 0).text();
    assertThat(one)
        .startsWith("A special magic number is hidden in")
        .contains("\nOne of the special magic numbers for ")
        .contains("\nWhat is the special magic number for ")
        .endsWith(" mentioned in the provided text is");
    String four = sample(NeedleKind.MULTIVALUE, NeedleOptions.standard(), 1_000, 0).text();
    assertThat(four)
        .startsWith("Some special magic numbers are hidden in")
        .contains("\nWhat are all the special magic numbers for ")
        .endsWith(" mentioned in the provided text are");
  }

  @Test
  void needlesStandInTheOrderOfTheFixedPermutation() {
    Question sample = sample(NeedleKind.MULTIVALUE, NeedleOptions.standard(), 3_000, 5);
    List<Integer> places = sample.references().stream().map(sample.text()::indexOf).toList();
    assertThat(places.get(2)).isLessThan(places.get(1));
    assertThat(places.get(1)).isLessThan(places.get(3));
    assertThat(places.get(3)).isLessThan(places.get(0));
  }

  @Test
  void allFourKeysAreAskedForInARandomOrder() {
    Question sample = sample(NeedleKind.MULTIQUERY, NeedleOptions.standard(), 3_000, 5);
    String question = sample.text().substring(sample.text().lastIndexOf('\n') + 1);
    assertThat(question).containsPattern("for \\w+-\\w+, \\w+-\\w+, \\w+-\\w+, and \\w+-\\w+ ment");
  }

  @Test
  void multikeyThreeIsMadeOfNeedlesOnly() {
    String prompt = sample(NeedleKind.MULTIKEY_3, NeedleOptions.standard(), 3_000, 1).text();
    String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    List<String> lines = prompt.lines().toList();
    assertThat(lines.subList(1, lines.size() - 1))
        .hasSizeGreaterThan(10)
        .allMatch(line ->
            line.matches("One of the special magic uuids for %1$s is: %1$s\\.".formatted(uuid)));
  }

  @Test
  void numbersHaveTheDigitsAskedFor() {
    var options =
        new NeedleOptions(3, Frame.SHORT, NeedleOptions.Start.RANDOM, NeedleOptions.Order.DRAWN, 0);
    Question sample = sample(NeedleKind.MULTIQUERY, options, 400, 2);
    assertThat(sample.references()).allMatch(value -> value.matches("[1-9][0-9]{2}"));
    assertThat(bytes(sample.answer())).isEqualTo(" 123, 123, 123, and 123.".length());
  }

  @Test
  void whatDoesNotFitIsSaidWithTheLeastLength() {
    assertThatThrownBy(() -> sample(NeedleKind.MULTIQUERY, NeedleOptions.standard(), 512, 0))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "`niah\\(kind: multiquery\\)` does not fit into 512 tokens; it needs [0-9]+, of which"
                + " 40 are for the answer");
  }

  @ParameterizedTest
  @EnumSource(NeedleKind.class)
  void everyQuestionFitsIntoTheLengthThatIsNeeded(NeedleKind kind) {
    for (Frame frame : Frame.values()) {
      var options =
          new NeedleOptions(7, frame, NeedleOptions.Start.RANDOM, NeedleOptions.Order.DRAWN, 0);
      int least = new NeedleTask(kind, 9_000, options, PROSE, ByteTokenizer.BYTES).least();
      assertThatThrownBy(() -> sample(kind, options, least - 1, 0)).isInstanceOf(UserError.class);
      for (int i = 0; i < 200; i++) {
        assertThat(sample(kind, options, least, i).tokens().length).isLessThanOrEqualTo(least);
      }
    }
  }

  @Test
  void allEightFitInto512BytesInTheShortFrame() {
    var options =
        new NeedleOptions(
            7, Frame.SHORT, NeedleOptions.Start.BEGINNING, NeedleOptions.Order.FIXED, 32);
    AllNeedles all = new AllNeedles(512, options, PROSE, ByteTokenizer.BYTES);
    assertThat(all.kinds()).containsExactly(NeedleKind.values());
    assertThat(all.metrics()).containsExactly("accuracy");
    for (int i = 0; i < 80; i++) {
      Question question = all.question(1, i);
      assertThat(question.tokens().length + all.decoding().tokens()).isLessThanOrEqualTo(512);
      assertThat(all.score(question, List.of(question.answer()))).containsExactly(1);
    }
    assertThat(all.question(1, 2).group()).isEqualTo("single/single_3");
    assertThat(all.question(1, 11).group()).isEqualTo("multikey/multikey_1");
    assertThat(all.question(1, 7).group()).isEqualTo("multiquery");
  }

  @Test
  void whatDoesNotFitIsLeftOutAndTheMeasureSaysSo() {
    AllNeedles all = new AllNeedles(512, NeedleOptions.standard(), PROSE, ByteTokenizer.BYTES);
    assertThat(all.kinds()).doesNotContain(NeedleKind.MULTIQUERY).contains(NeedleKind.SINGLE_1);
    assertThat(all.metrics()).containsExactly("accuracy_of_%d_of_8".formatted(all.kinds().size()));
    assertThat(all.describe()).contains("without: multikey_1 ");
    assertThat(all.remark().orElseThrow())
        .startsWith(
            "too long for 512 tokens and left out of RULER's 8 kinds: multikey_1, multikey_3, ")
        .endsWith("of the other 4. All need a length of 736, or of 352 with `frame: short`");
    var few =
        new NeedleOptions(
            7, Frame.SHORT, NeedleOptions.Start.BEGINNING, NeedleOptions.Order.FIXED, 32);
    assertThat(new AllNeedles(300, few, PROSE, ByteTokenizer.BYTES).remark().orElseThrow())
        .endsWith("All need a length of 352");
    assertThat(all.atLength(2_000).kinds()).hasSize(8);
    assertThat(all.atLength(2_000).remark()).isEmpty();
    assertThat(all.atLength(2_000).examples(500)).isEqualTo(504);
    assertThat(all.examples(500)).isEqualTo(500);
    assertThat(all.examples(501)).isEqualTo(504);
  }

  @Test
  void trainingShowsTheAnswerWithinTheLength() {
    var task =
        new NeedleTask(
            NeedleKind.SINGLE_1, 700, NeedleOptions.standard(), PROSE, ByteTokenizer.BYTES);
    Example example = task.example(1, 0);
    assertThat(example.tokens().length).isBetween(500, 700);
    assertThat(Arrays.stream(example.targets()).filter(target -> target >= 0).count()).isEqualTo(9);
    assertThat(task.describe())
        .isEqualTo(
            "niah(kind: single_1, length: 700 tok, digits: 7, frame: full, start: beginning,"
                + " order: fixed, room: 32 tok, text: prose(seed: 1))");
  }

  private static NeedleOptions options(int i) {
    return new NeedleOptions(
        6 + i % 3,
        i % 2 == 0 ? Frame.FULL : Frame.SHORT,
        i % 3 == 0 ? NeedleOptions.Start.RANDOM : NeedleOptions.Start.BEGINNING,
        i % 5 == 0 ? NeedleOptions.Order.DRAWN : NeedleOptions.Order.FIXED,
        i);
  }

  private static Question sample(NeedleKind kind, NeedleOptions options, int length, int index) {
    return new NeedleTask(kind, length, options, PROSE, ByteTokenizer.BYTES).question(4, index);
  }

  private static int bytes(String text) {
    return ByteTokenizer.BYTES.encode(text).length;
  }
}
