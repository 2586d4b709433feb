package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.program.Batch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixedSequencesTest {
  private static final double[] SHARES = {0.7, 0.25, 0.05};
  private static final int TIME = 3;

  /** Sequence n of source s is all s * 1000 + n. */
  private static final class Counting implements Sequences {
    private final int source;
    private long position;

    private Counting(int source) {
      this.source = source;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void seek(long wanted) {
      position = wanted;
    }

    @Override
    public int next(Batch batch, long drawn) {
      for (int i = 0; i < batch.batch() * TIME; i++) {
        batch.tokens()[i] = (int) (source * 1000 + position);
        batch.targets()[i] = i % TIME == 0 ? -1 : source;
        batch.documentStarts()[i] = i % TIME == source;
      }
      position++;
      return batch.batch() * (TIME - 1);
    }
  }

  private static MixedSequences mixed(MixedSequences.Shares shares) {
    List<Sequences> sources = List.of(new Counting(0), new Counting(1), new Counting(2));
    return new MixedSequences(List.of("a", "b", "c"), sources, shares, TIME);
  }

  /** Of each row of so many batches of four: its first token. */
  private static List<Integer> tokens(MixedSequences sequences, int batches) {
    List<Integer> tokens = new ArrayList<>();
    Batch batch = Batch.allocate(4, TIME);
    for (int i = 0; i < batches; i++) {
      assertThat(sequences.next(batch)).isEqualTo(4 * (TIME - 1));
      for (int row = 0; row < 4; row++) {
        int source = sequences.source(row);
        assertThat(batch.tokens()[row * TIME] / 1000).isEqualTo(source);
        assertThat(batch.targets()[row * TIME + 1]).isEqualTo(source);
        assertThat(batch.documentStarts()[row * TIME + source]).isTrue();
        tokens.add(batch.tokens()[row * TIME]);
      }
    }
    return tokens;
  }

  @Test
  void sharesHoldOverEveryStretch() {
    List<Integer> tokens = tokens(mixed((source, _) -> SHARES[source]), 150);
    for (int from = 0; from < 600; from += 37) {
      int[] counts = new int[3];
      for (int n = from; n < 600; n++) {
        counts[tokens.get(n) / 1000]++;
        for (int source = 0; source < 3; source++) {
          double wanted = SHARES[source] * (n + 1 - from);
          assertThat((double) counts[source]).isBetween(wanted - 2, wanted + 2);
        }
      }
    }
  }

  @Test
  void eachSourceGoesOnWhereItStoppedAndSoAfterASeek() {
    MixedSequences.Shares shares = (source, n) -> n < 200 ? SHARES[source] : SHARES[2 - source];
    List<Integer> all = tokens(mixed(shares), 100);
    int[] next = new int[3];
    for (int token : all) {
      assertThat(token % 1000).isEqualTo(next[token / 1000]++);
    }
    MixedSequences resumed = mixed(shares);
    resumed.seek(4 * 63);
    assertThat(resumed.position()).isEqualTo(4 * 63);
    assertThat(tokens(resumed, 37)).isEqualTo(all.subList(4 * 63, 400));
  }
}
