package dev.swax.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final int COUNT = 200_000;

  @Test
  void aSoughtPositionContinuesTheSameValues() {
    var whole = new RandomStream(7, "data");
    long[] values = IntStream.range(0, 100).mapToLong(_ -> whole.nextLong()).toArray();
    var resumed = new RandomStream(7, "data");
    resumed.seek(60);
    for (int i = 60; i < 100; i++) {
      assertThat(resumed.nextLong()).isEqualTo(values[i]);
    }
    assertThat(resumed.position()).isEqualTo(100);
  }

  @Test
  void namesAndSeedsAreUnrelated() {
    assertThat(new RandomStream(7, "data").nextLong())
        .isNotEqualTo(new RandomStream(7, "window").nextLong())
        .isNotEqualTo(new RandomStream(8, "data").nextLong());
    assertThat(new RandomStream(7, "data").child("a").nextLong())
        .isEqualTo(new RandomStream(7, "data/a").nextLong());
  }

  /** Four standard errors of each moment. */
  @Test
  void uniformHasTheMomentsOfItsDistribution() {
    var stream = new RandomStream(1, "test");
    double[] values = IntStream.range(0, COUNT).mapToDouble(_ -> stream.nextDouble()).toArray();
    assertThat(Arrays.stream(values).average().orElseThrow())
        .isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / COUNT)));
    assertThat(Arrays.stream(values).map(x -> x * x).average().orElseThrow())
        .isCloseTo(1.0 / 3, within(4 * Math.sqrt(4.0 / 45 / COUNT)));
    assertThat(Arrays.stream(values).boxed()).allMatch(x -> x >= 0 && x < 1);
  }

  @Test
  void normalHasTheMomentsOfItsDistribution() {
    var stream = new RandomStream(1, "test");
    double[] values = IntStream.range(0, COUNT).mapToDouble(_ -> stream.nextNormal()).toArray();
    assertThat(Arrays.stream(values).average().orElseThrow())
        .isCloseTo(0, within(4 / Math.sqrt(COUNT)));
    assertThat(Arrays.stream(values).map(x -> x * x).average().orElseThrow())
        .isCloseTo(1, within(4 * Math.sqrt(2.0 / COUNT)));
    assertThat(Arrays.stream(values).map(x -> x * x * x * x).average().orElseThrow())
        .isCloseTo(3, within(4 * Math.sqrt(96.0 / COUNT)));
  }

  @Test
  void nextIntIsEven() {
    var stream = new RandomStream(3, "test");
    int[] counts = new int[7];
    for (int i = 0; i < COUNT; i++) {
      counts[stream.nextInt(7)]++;
    }
    double deviation = Math.sqrt(COUNT / 7.0 * (6.0 / 7));
    assertThat(Arrays.stream(counts).boxed())
        .allMatch(c -> Math.abs(c - COUNT / 7.0) < 4.5 * deviation);
  }

  @Test
  void permutationHoldsEveryIndexOnce() {
    int[] order = new RandomStream(5, "test").permutation(1000);
    assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(new RandomStream(5, "test").permutation(0)).isEmpty();
  }
}
