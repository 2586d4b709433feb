package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.testing.Texts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShuffledSequencesTest {
  private static final int TIME = 4;

  /** 1 to 12 tokens each, 78 in all. */
  private static final Corpus CORPUS = corpus();

  @Test
  void anEpochHasEverySequenceOnceAndTheNextOtherCuts() {
    List<Long> first = starts(0, 19);
    List<Long> second = starts(19, 19);
    assertThat(first).doesNotHaveDuplicates().isNotEqualTo(first.stream().sorted().toList());
    assertThat(second).doesNotHaveDuplicates().isNotEqualTo(first);
    assertThat(first.stream().map(at -> at % TIME).distinct().count()).isLessThanOrEqualTo(2);
    assertThat(covered(first)).doesNotHaveDuplicates();
    assertThat(covered(second)).doesNotHaveDuplicates();
  }

  @Test
  void whatFollowsIsTheNextDocumentAndAtTheEndTheFirst() {
    var order = new ShuffledSequences(CORPUS, TIME, new RandomStream(1, "data"));
    order.seek(5);
    long document = order.document();
    for (int i = 1; i <= 12; i++) {
      order.advance();
      assertThat(order.document()).isEqualTo((document + i) % 12);
    }
  }

  private static List<Long> covered(List<Long> starts) {
    return starts.stream()
        .flatMap(at -> List.of(at, at + 1, at + 2, at + 3).stream())
        .map(at -> at % CORPUS.tokens())
        .toList();
  }

  private static List<Long> starts(long from, int count) {
    var order = new ShuffledSequences(CORPUS, TIME, new RandomStream(1, "data"));
    List<Long> starts = new ArrayList<>();
    for (long n = from; n < from + count; n++) {
      order.seek(n);
      starts.add(CORPUS.start(order.document()) + order.offset());
    }
    return starts;
  }

  private static Corpus corpus() {
    Document[] documents = new Document[12];
    for (int i = 0; i < 12; i++) {
      documents[i] = Texts.document("d" + i, "x".repeat(i + 1));
    }
    return Texts.corpus(documents);
  }
}
