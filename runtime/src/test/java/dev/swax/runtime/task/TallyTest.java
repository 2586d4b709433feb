package dev.swax.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void equalWeightsGiveTheErrorOfAMean() {
    var tally = new Tally();
    for (double value : new double[] {1, 0, 1, 1, 0}) {
      tally.add(value, 1);
    }
    Metric metric = tally.metric("accuracy");
    assertThat(metric.value()).isEqualTo(0.6);
    assertThat(metric.count()).isEqualTo(5);
    // deviation sqrt(5 * 0.6 * 0.4 / 4), over sqrt(5)
    assertThat(metric.standardError()).isCloseTo(Math.sqrt(0.3 / 5), within(1e-12));
  }

  @Test
  void largerExamplesCountMore() {
    var tally = new Tally();
    tally.add(3, 4);
    tally.add(0, 0);
    tally.add(1, 1);
    Metric metric = tally.metric("accuracy");
    assertThat(metric.value()).isEqualTo(0.8);
    assertThat(metric.count()).isEqualTo(2);
    // deviations 3 - 0.8 * 4 and 1 - 0.8
    assertThat(metric.standardError()).isCloseTo(Math.sqrt(2 * 2 * 0.04) / 5, within(1e-12));
  }

  @Test
  void oneExampleHasNoError() {
    var tally = new Tally();
    assertThat(tally.metric("x").value()).isNaN();
    tally.add(1, 1);
    assertThat(tally.metric("x").standardError()).isNaN();
  }
}
