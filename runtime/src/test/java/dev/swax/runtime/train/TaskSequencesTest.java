package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.mqar.Mqar;
import dev.swax.runtime.token.ByteTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskSequencesTest {
  private static final Mqar TASK = Mqar.standard(32, 4, 64);
  private static final Pace PACE = new Pace(2, 10);

  @Test
  void sequenceNIsExampleNOfTheTrainingSeed() {
    TaskSequences sequences = sequences(0, ExampleLoss.ANSWERS);
    Batch batch = Batch.allocate(3, 32);
    assertThat(sequences.next(batch)).isEqualTo(12);
    assertThat(sequences.next(batch)).isEqualTo(12);
    assertThat(sequences.position()).isEqualTo(6);
    Example last = TASK.example(Purpose.TRAINING.seed(9), 5);
    assertThat(Arrays.copyOfRange(batch.tokens(), 64, 96)).isEqualTo(last.tokens());
    assertThat(Arrays.copyOfRange(batch.targets(), 64, 96)).isEqualTo(last.targets());
  }

  @Test
  void aPositionIsAllThatMustBeKept() {
    for (int count : new int[] {0, 5}) {
      TaskSequences whole = sequences(count, ExampleLoss.ANSWERS);
      List<int[]> expected = draw(whole, 23);
      for (int from : new int[] {1, 5, 22}) {
        TaskSequences rest = sequences(count, ExampleLoss.ANSWERS);
        rest.seek(from);
        List<int[]> found = draw(rest, 23 - from);
        for (int i = 0; i < found.size(); i++) {
          assertThat(found.get(i)).isEqualTo(expected.get(from + i));
        }
      }
    }
  }

  @Test
  void aFiniteSetIsUsedWholeInEveryEpochInAnotherOrder() {
    List<int[]> drawn = draw(sequences(7, ExampleLoss.ANSWERS), 21);
    List<List<String>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      epochs.add(drawn.subList(7 * epoch, 7 * epoch + 7).stream().map(Arrays::toString).toList());
    }
    Set<String> first = new LinkedHashSet<>(epochs.getFirst());
    assertThat(first).hasSize(7);
    for (List<String> epoch : epochs) {
      assertThat(epoch).containsExactlyInAnyOrderElementsOf(first);
    }
    assertThat(epochs.get(1)).isNotEqualTo(epochs.getFirst());
    assertThat(epochs.get(2)).isNotEqualTo(epochs.get(1));
  }

  @Test
  void withLossOnAllTheTokenThatFollowsIsTheTargetElsewhere() {
    TaskSequences sequences = sequences(0, ExampleLoss.ALL);
    Batch batch = Batch.allocate(1, 32);
    assertThat(sequences.next(batch)).isGreaterThanOrEqualTo(31);
    Example example = TASK.example(Purpose.TRAINING.seed(9), 0);
    for (int t = 0; t < 31; t++) {
      int scored = example.targets()[t];
      assertThat(batch.targets()[t]).isEqualTo(scored >= 0 ? scored : example.tokens()[t + 1]);
    }
    assertThat(batch.targets()[31]).isEqualTo(example.targets()[31]);
  }

  @Test
  void theRunDecidesWhichTaskAnExampleIsOf() {
    Mqar first = Mqar.standard(16, 2, 64);
    Mqar second = Mqar.standard(32, 2, 64);
    var data =
        new TrainingExamples(
            TASK,
            ByteTokenizer.BYTES,
            0,
            ExampleLoss.ANSWERS,
            List.of(
                new TrainingExamples.Earlier(new Moment.Share(0.2), first),
                new TrainingExamples.Earlier(new Moment.Step(5), second)),
            Packing.JOINED);
    assertThat(data.describe())
        .startsWith("mqar(length: 16, ")
        .contains(" until 20% then mqar(length: 32, pairs: 2");
    long seed = Purpose.TRAINING.seed(9);
    List<int[]> drawn = draw(new TaskSequences(data, 32, 9, PACE), 20);
    for (int n = 0; n < 20; n++) {
      Mqar task = n < 4 ? first : n < 10 ? second : TASK;
      int[] tokens = Arrays.copyOf(task.example(seed, n).tokens(), 32);
      assertThat(drawn.get(n)).as("%d", n).isEqualTo(tokens);
      var resumed = new TaskSequences(data, 32, 9, PACE);
      resumed.seek(n);
      assertThat(draw(resumed, 1).getFirst()).isEqualTo(tokens);
    }
    var mixed = new TaskSequences(data, 32, 9, PACE);
    Batch batch = Batch.allocate(1, 32);
    mixed.next(batch, 17); // the first of this source, but late in the run
    assertThat(batch.tokens()).isEqualTo(TASK.example(seed, 0).tokens());
    assertThat(data.obstacle(24)).isPresent();
    assertThat(data.obstacle(32)).isEmpty();
  }

  @Test
  void wholeExamplesShareASequence() {
    var data = packed(Mqar.standard(12, 2, 64), 0, List.of());
    var sequences = new TaskSequences(data, 32, 9, PACE);
    assertThat(sequences.notes())
        .containsExactly("sequences hold whole examples: 2 of up to 12 tokens in each sequence");
    Batch batch = Batch.allocate(3, 32);
    Arrays.fill(batch.documentStarts(), true);
    assertThat(sequences.next(batch)).isEqualTo(12);
    long seed = Purpose.TRAINING.seed(9);
    for (int number = 0; number < 6; number++) {
      int at = number / 2 * 32 + number % 2 * 12;
      Example example = data.task().example(seed, number);
      assertThat(Arrays.copyOfRange(batch.tokens(), at, at + 12)).isEqualTo(example.tokens());
      assertThat(Arrays.copyOfRange(batch.targets(), at, at + 12)).isEqualTo(example.targets());
    }
    for (int row = 0; row < 96; row++) {
      assertThat(batch.documentStarts()[row]).as("%d", row).isEqualTo(row % 32 == 12);
      assertThat(row % 32 < 24 || batch.targets()[row] < 0).as("%d", row).isTrue();
    }
    assertThat(draw(resumed(data, 2), 1).getFirst())
        .isEqualTo(Arrays.copyOfRange(batch.tokens(), 64, 96));
  }

  @Test
  void aSetIsPackedOnceAndUsedWholeInEveryEpoch() {
    var data = packed(Mqar.standard(12, 2, 64), 7, List.of());
    var sequences = new TaskSequences(data, 32, 9, PACE);
    assertThat(sequences.notes())
        .containsExactly(
            "sequences hold whole examples: 4 sequences an epoch, 34.4 % of their places are empty"
                + " (with one example each, 62.5 %)");
    long seed = Purpose.TRAINING.seed(9);
    List<String> all = new ArrayList<>();
    for (int number = 0; number < 7; number++) {
      all.add(Arrays.toString(data.task().example(seed, number).tokens()));
    }
    List<List<String>> epochs = new ArrayList<>();
    List<int[]> drawn = draw(sequences, 12);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<String> found = new ArrayList<>();
      for (int[] tokens : drawn.subList(4 * epoch, 4 * epoch + 4)) {
        for (int at = 0; at + 12 <= 32 && tokens[at] != 0; at += 12) {
          found.add(Arrays.toString(Arrays.copyOfRange(tokens, at, at + 12)));
        }
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(all);
      epochs.add(found);
    }
    assertThat(epochs.get(1)).isNotEqualTo(epochs.get(0));
    for (int n = 0; n < 12; n++) {
      assertThat(draw(resumed(data, n), 1).getFirst()).isEqualTo(drawn.get(n));
    }
  }

  @Test
  void everyTaskOfACurriculumIsPackedByItsOwnLength() {
    Mqar first = Mqar.standard(8, 2, 64);
    var data = packed(TASK, 0, List.of(new TrainingExamples.Earlier(new Moment.Share(0.2), first)));
    var sequences = new TaskSequences(data, 32, 9, PACE);
    assertThat(sequences.notes())
        .containsExactly(
            "sequences hold whole examples: 4 of up to 8 tokens in each sequence; then 1 of up to"
                + " 32 tokens in each sequence");
    long seed = Purpose.TRAINING.seed(9);
    List<int[]> drawn = draw(sequences, 6);
    assertThat(Arrays.copyOfRange(drawn.get(3), 24, 32))
        .isEqualTo(first.example(seed, 15).tokens());
    assertThat(drawn.get(4)).isEqualTo(TASK.example(seed, 4).tokens());
    assertThat(data.hashes())
        .isNotEqualTo(
            new TrainingExamples(
                    TASK,
                    ByteTokenizer.BYTES,
                    0,
                    ExampleLoss.ANSWERS,
                    data.earlier(),
                    Packing.JOINED)
                .hashes());
  }

  private static TrainingExamples packed(
      Mqar task, int count, List<TrainingExamples.Earlier> earlier) {
    return new TrainingExamples(
        task, ByteTokenizer.BYTES, count, ExampleLoss.ANSWERS, earlier, Packing.WHOLE);
  }

  private static TaskSequences resumed(TrainingExamples data, int from) {
    var sequences = new TaskSequences(data, 32, 9, PACE);
    sequences.seek(from);
    return sequences;
  }

  @Test
  void purposesHaveOtherExamples() {
    Set<Long> seeds = new LinkedHashSet<>();
    for (long seed = 0; seed < 4; seed++) {
      for (Purpose purpose : Purpose.values()) {
        seeds.add(purpose.seed(seed));
      }
    }
    assertThat(seeds).hasSize(12);
  }

  @Test
  void anExampleThatIsLongerThanTheSequencesIsRefused() {
    var data = new TrainingExamples(TASK, ByteTokenizer.BYTES, 0, ExampleLoss.ANSWERS);
    var sequences = new TaskSequences(data, 16, 9, PACE);
    assertThatThrownBy(() -> sequences.next(Batch.allocate(1, 16)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has 32 tokens, but a sequence has 16");
  }

  private static TaskSequences sequences(int count, ExampleLoss loss) {
    return new TaskSequences(
        new TrainingExamples(TASK, ByteTokenizer.BYTES, count, loss), 32, 9, PACE);
  }

  private static List<int[]> draw(TaskSequences sequences, int count) {
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Batch batch = Batch.allocate(1, 32);
      sequences.next(batch);
      drawn.add(batch.tokens());
    }
    return drawn;
  }
}
