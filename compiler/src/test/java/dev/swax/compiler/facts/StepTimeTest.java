package dev.swax.compiler.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The model of a step's time, by numbers that one can work out by hand. */
class StepTimeTest {
  private static final long WEIGHTS = 4_000_000;

  private static StepTime step(double bandwidth, double latency) {
    return new StepTime(8e9, WEIGHTS, 4096, 8, new StepTime.Machine(1e9, bandwidth, latency));
  }

  @Test
  void computingIsDividedAndExchangesAreAdded() {
    StepTime step = step(1e8, 1e-3);
    assertThat(step.seconds(1)).isEqualTo(8);
    // half of 4 million numbers of 4 bytes, twice, at 100 MB/s; 2 chunks and 5 more exchanges
    assertThat(step.seconds(2)).isCloseTo(4 + 0.16 + 0.007, within(1e-9));
    // an eighth of the numbers is one chunk
    assertThat(step.seconds(8)).isCloseTo(1 + 0.28 + 0.006, within(1e-9));
    assertThat(step.seconds()).containsOnlyKeys(1, 2, 4, 8);
  }

  @Test
  void processesPayUntilExchangesTakeTheTimeThatTheySave() {
    assertThat(step(1e12, 1e-9).worthwhile()).as("no more than there are lanes").isEqualTo(8);
    assertThat(step(1e8, 1e-3).worthwhile()).isEqualTo(8); // 2.2 s by 4, 1.3 s by 8
    assertThat(step(2.5e7, 1e-3).worthwhile()).isEqualTo(4); // 2.97 s by 4, 2.1 s by 8
    assertThat(step(1e6, 1e-3).worthwhile()).isEqualTo(1);
  }
}
