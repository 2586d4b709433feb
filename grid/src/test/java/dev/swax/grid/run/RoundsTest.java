package dev.swax.grid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long what was seen of all cells is believed. */
class RoundsTest {
  private static final int MULTIPLE = 100;

  /** It has run over once: nanoseconds of Java may be of either sign. */
  private long now = Long.MAX_VALUE - 5;

  private final Rounds rounds = new Rounds(MULTIPLE, () -> now);

  @Test
  void theFirstIsDueAtOnce() {
    assertThat(rounds.isDue()).isTrue();
  }

  @Test
  void theNextWaitsForAMultipleOfTheTimeThatTheLastTook() {
    take(Duration.ofMillis(3));
    pass(Duration.ofMillis(299));
    assertThat(rounds.isDue()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(rounds.isDue()).isTrue();
  }

  @Test
  void itNeverWaitsLongerThanTenSeconds() {
    take(Duration.ofSeconds(2));
    pass(Duration.ofMillis(9_999));
    assertThat(rounds.isDue()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(rounds.isDue()).isTrue();
  }

  @Test
  void itReturnsWhatTheLookFound() {
    assertThat(rounds.go(() -> true)).isTrue();
    assertThat(rounds.go(() -> false)).isFalse();
  }

  private void take(Duration time) {
    rounds.go(() -> {
      pass(time);
      return true;
    });
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
