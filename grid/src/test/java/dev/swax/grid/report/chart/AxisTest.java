package dev.swax.grid.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  private static List<Double> ticks(List<Double> values) {
    return axis(values).ticks().stream().map(Axis.Tick::position).toList();
  }

  private static Axis axis(List<Double> values) {
    return Axis.over("y", values, (value, _) -> Double.toString(value));
  }

  @Test
  void ticksAreRoundNumbersWithinTheAxis() {
    assertThat(ticks(List.of(0.0, 100.0))).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(ticks(List.of(-1.0, 1.0))).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
  }

  @ParameterizedTest
  @CsvSource({"0, 1e-9", "2.49, 2.57", "-5e7, 3e9", "1e-300, 2e-300", "99.99, 100"})
  void everyLengthHasAFewTicks(double lower, double upper) {
    Axis axis = axis(List.of(lower, upper));
    assertThat(axis.ticks()).hasSizeBetween(3, 11);
    assertThat(axis.lower()).isLessThan(lower);
    assertThat(axis.upper()).isGreaterThan(upper);
    assertThat(axis.ticks())
        .allSatisfy(tick -> assertThat(tick.position()).isBetween(axis.lower(), axis.upper()));
  }

  @Test
  void numbersTooSmallForStepsStandAtZero() {
    assertThat(ticks(List.of(Double.MIN_VALUE, 3e-320))).contains(0.0).hasSizeLessThan(12);
  }

  @Test
  void oneValueOrNoneStillHasALength() {
    assertThat(axis(List.of(2.5)).upper()).isGreaterThan(axis(List.of(2.5)).lower());
    assertThat(axis(List.of(0.0)).upper()).isGreaterThan(0);
    assertThat(axis(List.of()).upper()).isGreaterThan(axis(List.of()).lower());
    assertThat(axis(List.of(Double.NaN, 1.0, Double.POSITIVE_INFINITY)).upper()).isFinite();
  }
}
