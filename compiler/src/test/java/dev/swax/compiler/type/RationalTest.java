package dev.swax.compiler.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RationalTest {
  private static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  @Test
  void eightThirdsOfAWidthIsExact() {
    assertThat(of(8, 3).times(Rational.of(1536))).isEqualTo(Rational.of(4096));
    assertThat(of(8, 3).times(Rational.of(2048))).isEqualTo(of(16384, 3));
  }

  @Test
  void signsStandAbove() {
    assertThat(of(1, -2)).isEqualTo(of(-1, 2));
    assertThat(of(-1, -2)).isEqualTo(of(1, 2));
    assertThat(of(0, -5)).isEqualTo(Rational.ZERO);
  }

  @Test
  void decimalsAreExact() {
    assertThat(Rational.of(new BigDecimal("0.1")).times(Rational.of(3))).isEqualTo(of(3, 10));
    assertThat(Rational.of(new BigDecimal("3e-4"))).isEqualTo(of(3, 10_000));
    assertThat(Rational.of(new BigDecimal("2e3"))).isEqualTo(Rational.of(2000));
  }

  @Test
  void theRemainderHasTheSignOfTheDivisor() {
    assertThat(Rational.of(-1).remainder(Rational.of(6))).isEqualTo(Rational.of(5));
    assertThat(Rational.of(7).remainder(Rational.of(-6))).isEqualTo(Rational.of(-5));
    assertThat(of(7, 2).remainder(Rational.ONE)).isEqualTo(of(1, 2));
  }

  @Test
  void roundingGoesWhereItsNameSays() {
    assertThat(of(-7, 2).floor()).isEqualTo(Rational.of(-4));
    assertThat(of(-7, 2).ceiling()).isEqualTo(Rational.of(-3));
    assertThat(of(7, 2).rounded()).isEqualTo(Rational.of(4));
    assertThat(of(10, 3).rounded()).isEqualTo(Rational.of(3));
  }

  @Test
  void textIsShort() {
    assertThat(of(25, 2)).hasToString("12.5");
    assertThat(of(16384, 3)).hasToString("5461.33");
    assertThat(of(3, 10_000)).hasToString("3e-4");
    assertThat(Rational.of(128_000)).hasToString("128000");
    assertThat(Rational.of(2).power(200)).hasToString("1.60694e60");
  }

  @Test
  void arithmeticAgreesWithLongs() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1000; i++) {
      long a = random.nextLong(-1000, 1000);
      long b = random.nextLong(1, 1000);
      long c = random.nextLong(-1000, 1000);
      long d = random.nextLong(1, 1000);
      String label = "seed %d: %d/%d, %d/%d".formatted(seed, a, b, c, d);
      assertThat(of(a, b).plus(of(c, d))).as(label).isEqualTo(of(a * d + c * b, b * d));
      assertThat(of(a, b).times(of(c, d))).as(label).isEqualTo(of(a * c, b * d));
      assertThat(of(a, b).compareTo(of(c, d))).as(label).isEqualTo(Long.compare(a * d, c * b));
      assertThat(of(a, b).floor()).as(label).isEqualTo(Rational.of(Math.floorDiv(a, b)));
    }
  }
}
