package dev.swax.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void warmupCosineRisesThenFallsToItsMinimum() {
    var rate = new LearningRate.WarmupCosine(3e-4, 3e-6, 100);
    assertThat(rate.at(1, 1100)).isCloseTo(3e-6, within(1e-18));
    assertThat(rate.at(50, 1100)).isCloseTo(1.5e-4, within(1e-18));
    assertThat(rate.at(100, 1100)).isEqualTo(3e-4);
    assertThat(rate.at(600, 1100)).isCloseTo((3e-4 + 3e-6) / 2, within(1e-18));
    assertThat(rate.at(1100, 1100)).isCloseTo(3e-6, within(1e-18));
    assertThat(rate.describe()).isEqualTo("warmup_cosine(peak: 3e-4, min: 3e-6, warmup: 100 step)");
  }

  @Test
  void withoutWarmupTheFirstStepIsAlreadyOnTheCosine() {
    assertThat(new LearningRate.WarmupCosine(1, 0, 0).at(1, 2)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void stableThenStraightDown() {
    var rate = new LearningRate.WarmupStableDecay(1, 0.2, 10, 0.2);
    assertThat(rate.at(5, 100)).isEqualTo(0.5);
    assertThat(rate.at(10, 100)).isEqualTo(1);
    assertThat(rate.at(80, 100)).isEqualTo(1);
    assertThat(rate.at(90, 100)).isCloseTo(0.6, within(1e-15));
    assertThat(rate.at(100, 100)).isCloseTo(0.2, within(1e-15));
    assertThat(rate.describe()).isEqualTo("wsd(peak: 1, min: 0.2, warmup: 10 step, decay: 20%)");
  }

  @Test
  void constantStays() {
    assertThat(new LearningRate.Constant(0.1).at(7, 9)).isEqualTo(0.1);
    assertThat(new LearningRate.Constant(0.1).describe()).isEqualTo("0.1");
  }
}
