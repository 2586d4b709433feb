package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.testing.Texts;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedSequencesTest {
  private static final int TIME = 16;

  /** Documents of 0 to 40 tokens; each token tells its document and its place there. */
  private static final Corpus CORPUS = corpus(60, 41);

  private record Row(List<Integer> tokens, List<Integer> targets, List<Boolean> starts) {}

  @ParameterizedTest
  @EnumSource(DocumentBorders.class)
  void anEpochHasEveryTokenOnceAndPredictsEachThatFollowsInItsDocument(DocumentBorders borders) {
    var sequences = new PackedSequences(CORPUS, TIME, borders, 7);
    TreeMap<Integer, Integer> predicted = new TreeMap<>();
    for (Row row : rows(sequences, (int) sequences.perEpoch())) {
      for (int t = 0; t < TIME; t++) {
        int target = row.targets().get(t);
        boolean document = target >= 0 && target / 64 == row.tokens().get(t) / 64;
        if (document) {
          assertThat(target).isEqualTo(row.tokens().get(t) + 1);
          predicted.merge(target, 1, Integer::sum);
        } else if (target >= 0) {
          assertThat(borders).isEqualTo(DocumentBorders.IGNORE);
          assertThat(target % 64).as("a document begins").isEqualTo(1);
        }
      }
    }
    TreeMap<Integer, Integer> wanted = new TreeMap<>();
    for (Document document : CORPUS.documents()) {
      for (int i = 1; i < document.length(); i++) {
        wanted.put(document.tokens().at(i), 1);
      }
    }
    assertThat(predicted).isEqualTo(wanted);
  }

  @Test
  void aDocumentThatFitsIsNeverCut() {
    var sequences = new PackedSequences(CORPUS, TIME, DocumentBorders.RESET, 7);
    for (Row row : rows(sequences, (int) sequences.perEpoch())) {
      for (int t = 0; t < TIME; t++) {
        int token = row.tokens().get(t);
        Document document = CORPUS.document(Math.max(0, token / 64 - 1));
        if (token > 0 && t == 0 && document.length() <= TIME) {
          assertThat(token % 64).isEqualTo(1);
        }
        boolean another = token > 0 && (t == 0 || row.tokens().get(t - 1) != token - 1);
        boolean begins = another && (t > 0 || token % 64 == 1);
        assertThat(row.starts().get(t)).isEqualTo(begins);
      }
    }
  }

  @Test
  void seekContinuesExactlyAndEpochsDifferInOrder() {
    int epoch = (int) new PackedSequences(CORPUS, TIME, DocumentBorders.RESET, 7).perEpoch();
    List<Row> all = rows(new PackedSequences(CORPUS, TIME, DocumentBorders.RESET, 7), 3 * epoch);
    assertThat(all.subList(0, epoch)).isNotEqualTo(all.subList(epoch, 2 * epoch));
    assertThat(all.subList(0, epoch))
        .containsExactlyInAnyOrderElementsOf(all.subList(epoch, 2 * epoch));
    for (int position : new int[] {0, 1, epoch - 1, epoch, 2 * epoch + 3}) {
      var resumed = new PackedSequences(CORPUS, TIME, DocumentBorders.RESET, 7);
      resumed.seek(position);
      assertThat(rows(resumed, 3 * epoch - position)).isEqualTo(all.subList(position, 3 * epoch));
    }
    assertThat(rows(new PackedSequences(CORPUS, TIME, DocumentBorders.RESET, 8), epoch))
        .isNotEqualTo(all.subList(0, epoch));
  }

  @Test
  void manyBlocksAreTakenOneAfterTheOther() {
    Corpus large = corpus(3 * PackedSequences.BLOCK + 5, 12);
    var sequences = new PackedSequences(large, TIME, DocumentBorders.RESET, 1);
    int epoch = (int) sequences.perEpoch();
    long[] seen = new long[(int) large.size() + 1];
    for (Row row : rows(sequences, epoch)) {
      row.tokens().stream().filter(token -> token > 0).forEach(token -> seen[token / 64 - 1]++);
    }
    for (int i = 0; i < large.size(); i++) {
      assertThat(seen[i]).isEqualTo(large.length(i) < 2 ? 0 : large.length(i));
    }
  }

  @Test
  void theFullestFitIsTaken() {
    var block = new PackedBlock(new int[] {5, 9, 3, 40, 6, 1, 0, 7}, 10);
    // 40 gives four; then 9, 7 with 3, 6 with nothing that fits, 5
    assertThat(block.size()).isEqualTo(4 + 4);
    assertThat(block.tokens()).isEqualTo(40 + 9 + 7 + 3 + 6 + 5);
    assertThat(block.alone()).isEqualTo(4 + 5);
    assertThat(block.documents(3)).containsExactly(3);
    assertThat(block.offset(3, 3)).isEqualTo(30);
    assertThat(block.documents(4)).containsExactly(1);
    assertThat(block.documents(5)).containsExactly(2, 7);
    assertThat(block.documents(6)).containsExactly(4);
    assertThat(block.documents(7)).containsExactly(0);
  }

  @Test
  void itSaysHowMuchIsEmptyAndWhatCannotBe() {
    var sequences =
        new PackedSequences(texts("aaaa", "bbbbbb", "cccccccc"), 10, DocumentBorders.RESET, 1);
    assertThat(sequences.notes())
        .containsExactly(
            "sequences hold whole documents: 2 an epoch, 10.0 % of their places are empty (with one"
                + " document each, 40.0 %)");
    assertThatThrownBy(() -> new PackedSequences(texts("a", "b"), 10, DocumentBorders.RESET, 1))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "no document of the training text has 2 bytes or more, so there is nothing to predict");
    assertThat(PackedSequences.obstacle(CORPUS, 1)).isPresent();
  }

  private static List<Row> rows(Sequences sequences, int count) {
    List<Row> rows = new ArrayList<>();
    Batch batch = Batch.allocate(1, TIME);
    for (int i = 0; i < count; i++) {
      int targets = sequences.next(batch);
      List<Integer> all = Arrays.stream(batch.targets()).boxed().toList();
      assertThat(all.stream().filter(target -> target >= 0)).hasSize(targets).isNotEmpty();
      List<Boolean> starts = new ArrayList<>();
      for (boolean start : batch.documentStarts()) {
        starts.add(start);
      }
      rows.add(new Row(Arrays.stream(batch.tokens()).boxed().toList(), all, starts));
    }
    return rows;
  }

  private static Corpus texts(String... texts) {
    return Texts.corpus(
        Stream.of(texts).map(text -> Texts.document(text, text)).toArray(Document[]::new));
  }

  private static Corpus corpus(int documents, int lengths) {
    var random = new SplittableRandom(5);
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      int[] tokens = new int[random.nextInt(lengths)];
      for (int t = 0; t < tokens.length; t++) {
        tokens[t] = 64 * (i + 1) + t + 1;
      }
      all.add(new Document("d" + i, Tokens.of(tokens, 1 << 30)));
    }
    return new MemoryCorpus(all, ByteTokenizer.BYTES);
  }
}
