package dev.swax.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Test
  void hasEveryNumberOnce() {
    for (long size : new long[] {1, 2, 3, 4, 5, 16, 17, 1000, 4096, 4097}) {
      assertThat(order(1, size).sorted())
          .containsExactly(LongStream.range(0, size).boxed().toArray(Long[]::new));
    }
  }

  @Test
  void theStreamDecidesIt() {
    assertThat(order(1, 500).toArray()).isEqualTo(order(1, 500).toArray());
    assertThat(order(1, 500).toArray()).isNotEqualTo(order(2, 500).toArray());
  }

  /** Of 1000 values 1 is expected in its place, and 500 pairs of neighbours ascend. */
  @Test
  void looksRandom() {
    long[] order = order(3, 1000).toArray();
    assertThat(LongStream.range(0, 1000).filter(i -> order[(int) i] == i).count()).isLessThan(8);
    assertThat(LongStream.range(1, 1000).filter(i -> order[(int) i] > order[(int) i - 1]).count())
        .isBetween(430L, 570L);
  }

  @Test
  void isQuickAndSmallHoweverMany() {
    var large = new Permutation(new RandomStream(1, "x"), 1L << 40);
    assertThat(LongStream.range(0, 1000).map(large::at).distinct().count()).isEqualTo(1000);
  }

  private static LongStream order(long seed, long size) {
    var permutation = new Permutation(new RandomStream(seed, "x"), size);
    return LongStream.range(0, size).map(permutation::at);
  }
}
