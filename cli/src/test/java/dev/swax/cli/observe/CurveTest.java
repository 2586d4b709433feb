package dev.swax.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static Curve.Place at(double step) {
    return new Curve.Place(step, step * 10, step / 2);
  }

  @Test
  void fewValuesAreKeptAsTheyAre() {
    var curve = new Curve();
    for (int step = 1; step <= Curve.MOST; step++) {
      curve.add(at(step), step * 3.0);
    }
    assertThat(curve.size()).isEqualTo(Curve.MOST);
    assertThat(curve.mean(99)).isEqualTo(300);
    assertThat(curve.place(99)).isEqualTo(at(100));
  }

  @Test
  void manyValuesKeepTheirExtremesTheirMeanAndTheirNumber() {
    var random = new SplittableRandom(7);
    var curve = new Curve();
    int values = 100_003;
    double sum = 0;
    double least = Double.MAX_VALUE;
    double greatest = 0;
    for (int step = 1; step <= values; step++) {
      double value = (float) random.nextDouble(1, 5);
      sum += value;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      curve.add(at(step), value);
    }
    assertThat(curve.size()).isBetween(Curve.MOST / 2, Curve.MOST);
    assertThat(all(curve).map(curve::count).sum()).isEqualTo(values);
    assertThat(all(curve).mapToDouble(curve::least).min()).hasValue(least);
    assertThat(curve.greatest()).isEqualTo(greatest);
    double total = all(curve).mapToDouble(b -> curve.mean(b) * curve.count(b)).sum();
    assertThat(total / values).isCloseTo(sum / values, offset(1e-4));
    assertThat(curve.place(curve.size() - 1)).isEqualTo(at(values));
    for (int bucket = 1; bucket < curve.size(); bucket++) {
      assertThat(curve.place(bucket).step()).isGreaterThan(curve.place(bucket - 1).step());
    }
  }

  @Test
  void valuesOnTwoSidesOfAGapAreNotJoined() {
    var curve = new Curve();
    for (int step = 1; step <= 10_000; step++) {
      if (step == 5_001) {
        curve.gap();
        curve.gap();
      }
      curve.add(at(step), step <= 5_000 ? 1 : 2);
    }
    assertThat(all(curve).filter(b -> curve.count(b) == 0).count()).isOne();
    assertThat(all(curve).filter(b -> curve.least(b) < curve.greatest(b)).count()).isZero();
  }

  @Test
  void aValueThatIsNoNumberIsAGap() {
    var curve = new Curve();
    curve.add(at(1), 1);
    curve.add(at(2), Double.NaN);
    curve.add(at(3), 3);
    assertThat(all(curve).map(curve::count)).containsExactly(1, 0, 1);
    assertThat(curve.mean(1)).isNaN();
  }

  @Test
  void gapsWithoutEndKeepItBounded() {
    var curve = new Curve();
    for (int step = 1; step <= 50_000; step++) {
      curve.add(at(step), step);
      curve.gap();
    }
    assertThat(curve.size()).isLessThanOrEqualTo(Curve.MOST);
    assertThat(all(curve).map(curve::count).sum()).isEqualTo(50_000);
    assertThat(all(curve).map(curve::count).max().orElseThrow()).isLessThanOrEqualTo(128);
  }

  private static IntStream all(Curve curve) {
    return IntStream.range(0, curve.size());
  }
}
