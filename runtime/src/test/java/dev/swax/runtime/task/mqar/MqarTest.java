package dev.swax.runtime.task.mqar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Example;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqarTest {
  private static final int EXAMPLES = 2000;

  @Test
  void anExampleWithoutNoiseIsReadable() {
    Example example = new Mqar(24, 3, 20, 0.01, false, 1, 0).example(7, 0);
    assertThat(example.tokens())
        .containsExactly(8, 13, 1, 16, 5, 18, 1, 0, 8, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(example.targets())
        .containsExactly(
            -1, -1, -1, -1, -1, -1, 16, -1, 13, -1, -1, -1, 18, -1, -1, -1, -1, -1, -1, -1, -1, -1,
            -1, -1);
    assertThat(example.distances())
        .containsExactly(0, 0, 0, 0, 0, 0, 4, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void anExampleWithNoiseIsTheSameElsewhere() {
    Mqar plain = new Mqar(24, 3, 20, 0.01, false, 1, 0);
    Mqar noisy = new Mqar(24, 3, 20, 0.01, true, 1, 0);
    for (int index = 0; index < 20; index++) {
      int[] quiet = plain.example(7, index).tokens();
      Example example = noisy.example(7, index);
      assertThat(example.targets()).isEqualTo(plain.example(7, index).targets());
      for (int t = 0; t < quiet.length; t++) {
        if (quiet[t] != 0) {
          assertThat(example.tokens()[t]).isEqualTo(quiet[t]);
        }
      }
    }
    assertThat(noisy.example(7, 0).tokens())
        .containsExactly(
            8, 13, 1, 16, 5, 18, 1, 13, 8, 18, 18, 5, 5, 17, 3, 19, 18, 11, 7, 18, 6, 6, 18, 3);
  }

  @Test
  void everyQueryIsAnsweredByTheValueOfItsKey() {
    Mqar task = new Mqar(64, 8, 50, 0.01, true, 2, 0);
    for (int index = 0; index < 200; index++) {
      Example example = task.example(1, index);
      int[] tokens = example.tokens();
      assertThat(Arrays.copyOfRange(tokens, 16, 32)).isEqualTo(Arrays.copyOfRange(tokens, 0, 16));
      Set<Integer> queried = new LinkedHashSet<>();
      for (int t = 0; t < tokens.length; t++) {
        if (example.targets()[t] < 0) {
          assertThat(example.distances()[t]).isZero();
          continue;
        }
        int key = t - example.distances()[t];
        assertThat(key).isBetween(16, 30).matches(at -> at % 2 == 0);
        assertThat(tokens[key]).isEqualTo(tokens[t]).isBetween(1, 24);
        assertThat(tokens[key + 1]).isEqualTo(example.targets()[t]).isBetween(25, 49);
        assertThat(queried.add(key)).isTrue();
      }
      assertThat(queried).hasSize(8);
      assertThat(IntStream.range(0, 8).map(i -> tokens[2 * i]).distinct().count()).isEqualTo(8);
      assertThat(IntStream.range(0, 8).map(i -> tokens[2 * i + 1]).distinct().count()).isEqualTo(8);
    }
  }

  /** Shares of distances as the reference tabulates them, in whole percents. */
  @ParameterizedTest(name = "{0} tokens, {1} pairs, {2} or more")
  @CsvSource({
    "128, 8, 16, 75",
    "128, 8, 32, 43",
    "128, 8, 64, 20",
    "256, 16, 16, 95",
    "256, 16, 64, 41",
    "256, 16, 128, 19",
    "256, 64, 64, 98",
    "256, 64, 128, 47",
    "1024, 64, 128, 70",
    "1024, 64, 256, 40"
  })
  void distancesAreAsPublished(int length, int pairs, int least, int percent) {
    Mqar task = Mqar.standard(length, pairs, 8192);
    long beyond = 0;
    long all = 0;
    for (int index = 0; index < EXAMPLES; index++) {
      int[] distances = task.example(3, index).distances();
      all += Arrays.stream(distances).filter(d -> d > 0).count();
      beyond += Arrays.stream(distances).filter(d -> d >= least).count();
    }
    assertThat(all).isEqualTo((long) EXAMPLES * pairs);
    // half a percent of rounding, and four deviations of a share of at least 16,000 queries
    assertThat(100.0 * beyond / all).isCloseTo(percent, within(0.5 + 4 * 50 / Math.sqrt(all)));
  }

  @Test
  void queriesStandBeyondTheNearest() {
    for (int nearest : new int[] {0, 2, 3, 4, 100, 101}) {
      Mqar task = new Mqar(256, 8, 512, 0.01, true, 1, nearest);
      int least = Integer.MAX_VALUE;
      for (int index = 0; index < 300; index++) {
        int[] distances = task.example(5, index).distances();
        least = Math.min(least, Arrays.stream(distances).filter(d -> d > 0).min().orElseThrow());
      }
      // the nearest slot is the likeliest, and distances are even
      assertThat(least).isEqualTo(Math.max(2, nearest + nearest % 2));
    }
  }

  @Test
  void powerOneSpreadsQueriesEvenly() {
    Mqar task = new Mqar(104, 2, 512, 1, true, 1, 0);
    int[] slots = new int[50];
    for (int index = 0; index < 5000; index++) {
      int[] targets = task.example(5, index).targets();
      for (int x = 0; x < slots.length; x++) {
        slots[x] += targets[4 + 2 * x] >= 0 ? 1 : 0;
      }
    }
    for (int count : slots) {
      assertThat((double) count).isCloseTo(200, within(5 * Math.sqrt(200)));
    }
  }

  @Test
  void seedAndIndexDecide() {
    Mqar task = Mqar.standard(64, 4, 128);
    assertThat(task.example(1, 5).tokens()).isEqualTo(task.example(1, 5).tokens());
    assertThat(task.example(1, 5).tokens()).isNotEqualTo(task.example(1, 6).tokens());
    assertThat(task.example(1, 5).tokens()).isNotEqualTo(task.example(2, 5).tokens());
  }

  @Test
  void everyPlaceCanBeFilled() {
    Mqar full = new Mqar(16, 4, 10, 0.01, true, 1, 0);
    int[] targets = full.example(1, 0).targets();
    assertThat(IntStream.range(0, 16).filter(t -> targets[t] >= 0)).containsExactly(8, 10, 12, 14);
    assertThatThrownBy(() -> new Mqar(16, 5, 12, 0.01, true, 1, 0)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> new Mqar(16, 4, 9, 0.01, true, 1, 0)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> new Mqar(16, 4, 10, 0.01, true, 1, 3)).isInstanceOf(UserError.class);
  }
}
