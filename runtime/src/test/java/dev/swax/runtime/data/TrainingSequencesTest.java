package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.testing.Texts;
import dev.swax.runtime.token.ByteTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingSequencesTest {
  private static final int TIME = 4;

  /** Documents of 1 to 12 different bytes each, 78 in all: 19 sequences of 4 an epoch. */
  private static final Corpus CORPUS = corpus();

  @Test
  void anEpochHasEverySequenceOnceAndTheNextAnotherOrder() {
    var sequences = new TrainingSequences(CORPUS, TIME, DocumentBorders.IGNORE, 1);
    assertThat(sequences.perEpoch()).isEqualTo(19);
    List<Integer> first = inputs(sequences, 19);
    List<Integer> second = inputs(sequences, 19);
    assertThat(first).hasSize(76).doesNotHaveDuplicates();
    assertThat(second).hasSize(76).doesNotHaveDuplicates().isNotEqualTo(first);
  }

  @Test
  void aTargetIsTheTokenThatFollows() {
    var sequences = new TrainingSequences(CORPUS, TIME, DocumentBorders.IGNORE, 1);
    Batch batch = Batch.allocate(19, TIME);
    assertThat(sequences.next(batch)).isEqualTo(76);
    for (int row = 0; row < 76; row++) {
      if (row % TIME < TIME - 1) {
        assertThat(batch.targets()[row]).isEqualTo(batch.tokens()[row + 1]);
      }
      assertThat(batch.documentStarts()[row]).isFalse();
    }
  }

  @Test
  void resetMarksStartsAndIgnoresWhatCannotBeForeseen() {
    var sequences = new TrainingSequences(CORPUS, TIME, DocumentBorders.RESET, 1);
    Batch batch = Batch.allocate(19, TIME);
    int targets = sequences.next(batch);
    int ignored = 0;
    for (int row = 0; row < 76; row++) {
      assertThat(batch.documentStarts()[row]).isEqualTo(isFirst(batch.tokens()[row]));
      if (row % TIME < TIME - 1 && isFirst(batch.tokens()[row + 1])) {
        assertThat(batch.targets()[row]).isEqualTo(-1);
      }
      ignored += batch.targets()[row] < 0 ? 1 : 0;
    }
    assertThat(targets).isEqualTo(76 - ignored);
    assertThat(ignored).isGreaterThan(5);
  }

  @Test
  void seekContinuesExactly() {
    var whole = new TrainingSequences(CORPUS, TIME, DocumentBorders.RESET, 5);
    List<Integer> all = inputs(whole, 60);
    for (int position : new int[] {0, 1, 18, 19, 20, 45}) {
      var resumed = new TrainingSequences(CORPUS, TIME, DocumentBorders.RESET, 5);
      resumed.seek(position);
      assertThat(inputs(resumed, 60 - position)).isEqualTo(all.subList(position * TIME, 240));
      assertThat(resumed.position()).isEqualTo(60);
    }
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(inputs(new TrainingSequences(CORPUS, TIME, DocumentBorders.RESET, 5), 19))
        .isNotEqualTo(inputs(new TrainingSequences(CORPUS, TIME, DocumentBorders.RESET, 6), 19));
  }

  @Test
  void aTextShorterThanOneSequenceIsRefused() {
    var text = Texts.corpus(Texts.document("a", "abcd"));
    assertThatThrownBy(() -> new TrainingSequences(text, 4, DocumentBorders.RESET, 1))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the training text has 4 tokens, but one sequence needs 4 and one more to predict");
    assertThat(new TrainingSequences(text, 3, DocumentBorders.RESET, 1).perEpoch()).isEqualTo(1);
  }

  private static List<Integer> inputs(TrainingSequences sequences, int count) {
    List<Integer> tokens = new ArrayList<>();
    Batch batch = Batch.allocate(1, TIME);
    for (int i = 0; i < count; i++) {
      sequences.next(batch);
      Arrays.stream(batch.tokens()).forEach(tokens::add);
    }
    return tokens;
  }

  private static boolean isFirst(int token) {
    return CORPUS.documents().stream().anyMatch(d -> d.token(0) == token);
  }

  private static Corpus corpus() {
    List<Document> documents = new ArrayList<>();
    int next = 1;
    for (int length = 1; length <= 12; length++) {
      byte[] text = new byte[length];
      for (int i = 0; i < length; i++) {
        text[i] = (byte) next++;
      }
      documents.add(new Document("d" + length, ByteTokenizer.BYTES.encode(text)));
    }
    return new MemoryCorpus(documents, ByteTokenizer.BYTES);
  }
}
