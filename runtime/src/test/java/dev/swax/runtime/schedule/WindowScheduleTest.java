package dev.swax.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.schedule.WindowSchedule.Constant;
import dev.swax.runtime.schedule.WindowSchedule.Outcome;
import dev.swax.runtime.schedule.WindowSchedule.Ramp;
import dev.swax.runtime.schedule.WindowSchedule.Sample;
import dev.swax.runtime.schedule.WindowSchedule.Until;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowScheduleTest {
  private static final WindowSchedule COIN =
      new Sample(List.of(new Outcome(128, 0.25), new Outcome(2048, 0.75)));
  private static final WindowSchedule ANNEALED =
      new Until(COIN, new Moment.Share(0.9), new Constant(2048));

  @Test
  void sampleFollowsTheDraw() {
    assertThat(COIN.at(0, 10, 0)).isEqualTo(128);
    assertThat(COIN.at(0, 10, Math.nextDown(0.25))).isEqualTo(128);
    assertThat(COIN.at(0, 10, 0.25)).isEqualTo(2048);
    assertThat(COIN.at(0, 10, Math.nextDown(1.0))).isEqualTo(2048);
  }

  @Test
  void anOutcomeOfProbabilityZeroIsNeverDrawn() {
    var sample = new Sample(List.of(new Outcome(7, 0), new Outcome(8, 1), new Outcome(9, 0)));
    assertThat(sample.at(0, 1, 0)).isEqualTo(8);
    assertThat(sample.at(0, 1, Math.nextDown(1.0))).isEqualTo(8);
    assertThat(sample.support(1)).containsExactly(8);
  }

  @Test
  void theSecondScheduleStartsAtItsMoment() {
    // 150,000 steps of which 90 % are stochastic, as in the paper; then 143,051
    assertThat(ANNEALED.at(134_999, 150_000, 0)).isEqualTo(128);
    assertThat(ANNEALED.at(135_000, 150_000, 0)).isEqualTo(2048);
    assertThat(ANNEALED.at(128_745, 143_051, 0)).isEqualTo(128);
    assertThat(ANNEALED.at(128_746, 143_051, 0)).isEqualTo(2048);
  }

  @Test
  void rampReachesItsEndAtTheLastStepBeforeItsMoment() {
    var ramp = new Ramp(10, 40, new Moment.Step(4));
    assertThat(List.of(at(ramp, 0), at(ramp, 1), at(ramp, 2), at(ramp, 3), at(ramp, 9)))
        .containsExactly(10, 20, 30, 40, 40);
    assertThat(new Ramp(40, 10, new Moment.Step(4)).at(1, 10, 0)).isEqualTo(30);
    assertThat(new Ramp(10, 40, new Moment.Step(0)).at(0, 10, 0)).isEqualTo(40);
  }

  @Test
  void meanIsThatOfEveryStep() {
    var ramp = new Ramp(1, 500, new Moment.Share(0.5));
    for (var schedule :
        List.of(
            new Constant(5),
            COIN,
            ANNEALED,
            ramp,
            new Until(ramp, new Moment.Step(20), COIN),
            new Until(COIN, new Moment.Step(20), ramp),
            new Until(COIN, new Moment.Step(1000), ramp))) {
      double sum = 0;
      for (int step = 0; step < 77; step++) {
        sum += schedule.meanAt(step, 77);
      }
      assertThat(schedule.mean(77)).isCloseTo(sum / 77, within(1e-9));
    }
  }

  @Test
  void supportIsWhatTrainingMeets() {
    assertThat(ANNEALED.support(10)).containsExactly(128, 2048);
    assertThat(new Until(new Constant(3), new Moment.Step(100), COIN).support(10))
        .containsExactly(3);
    assertThat(new Ramp(1, 4, new Moment.Step(4)).support(10)).containsExactly(1, 2, 3, 4);
    assertThat(new Until(new Ramp(1, 9, new Moment.Share(1)), new Moment.Step(2), COIN).support(9))
        .containsExactly(1, 2, 128, 2048);
  }

  @Test
  void testValueIsTheLastTrainedOrTheLargestSampled() {
    assertThat(COIN.testValue()).isEqualTo(2048);
    assertThat(new Until(COIN, new Moment.Step(5), new Constant(64)).testValue()).isEqualTo(64);
    assertThat(new Ramp(500, 20, new Moment.Step(5)).testValue()).isEqualTo(20);
    assertThat(new Ramp(500, 20, new Moment.Step(5)).max()).isEqualTo(500);
    assertThat(ANNEALED.max()).isEqualTo(2048);
  }

  @Test
  void describesItselfAsWritten() {
    assertThat(ANNEALED.describe())
        .isEqualTo("sample per batch { 128: 0.25, 2048: 0.75 } until 90% then 2048");
    assertThat(new Ramp(1, 2, new Moment.Step(3)).describe())
        .isEqualTo("ramp(from: 1, to: 2, over: 3 step)");
  }

  @Test
  void probabilitiesMustSumToOne() {
    assertThatThrownBy(() -> new Sample(List.of(new Outcome(1, 0.5))))
        .hasMessage("probabilities sum to 0.5, not 1");
  }

  private static int at(WindowSchedule schedule, long step) {
    return schedule.at(step, 10, 0.5);
  }
}
