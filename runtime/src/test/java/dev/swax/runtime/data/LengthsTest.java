package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LengthsTest {
  @Test
  void quantilesAreThoseOfTheSortedLengths() {
    var random = new SplittableRandom(2);
    int[] sorted = random.ints(1000, 0, 60_000).sorted().toArray();
    var lengths = new Lengths();
    Arrays.stream(sorted).forEach(lengths::add);
    assertThat(lengths.shortest()).isEqualTo(sorted[0]);
    assertThat(lengths.longest()).isEqualTo(sorted[999]);
    assertThat(lengths.quantile(0.5)).isEqualTo(sorted[499]);
    assertThat(lengths.quantile(0.9)).isEqualTo(sorted[899]);
  }

  @Test
  void largeOnesAreKnownToAThousandth() {
    for (int length : new int[] {1 << 16, 100_003, 1 << 24, 1_234_567_890, Integer.MAX_VALUE}) {
      var lengths = new Lengths();
      lengths.add(1);
      lengths.add(length);
      lengths.add(length);
      assertThat((double) lengths.quantile(0.5)).isBetween(length * 0.999, (double) length);
      assertThat(lengths.documents(Lengths.range(length))).isEqualTo(2);
      assertThat(lengths.tokens(Lengths.range(length))).isEqualTo(2L * length);
    }
  }

  @Test
  void rangesArePowersOfFour() {
    assertThat(Lengths.range(0)).isZero();
    assertThat(Lengths.range(3)).isZero();
    assertThat(Lengths.range(4)).isOne();
    assertThat(Lengths.range(15)).isOne();
    assertThat(Lengths.range(16)).isEqualTo(2);
  }
}
