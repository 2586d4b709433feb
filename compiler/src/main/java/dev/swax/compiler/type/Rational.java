package dev.swax.compiler.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * An exact fraction in lowest terms, its denominator positive: {@code 8/3 * 2048} is 16384/3, not
 * 5461.33.
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);

  public Rational {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("a fraction over zero");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Rational of(BigDecimal value) {
    return value.scale() <= 0
        ? new Rational(value.toBigIntegerExact(), BigInteger.ONE)
        : new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational minus(Rational other) {
    return plus(other.negate());
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** {@code this / other}; {@code other} is not zero. */
  public Rational dividedBy(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  /** {@code this - other * floor(this / other)}: has the sign of {@code other}. */
  public Rational remainder(Rational other) {
    return minus(other.times(dividedBy(other).floor()));
  }

  /** This to a whole power; not zero if the power is negative. */
  public Rational power(int exponent) {
    Rational raised =
        new Rational(numerator.pow(Math.abs(exponent)), denominator.pow(Math.abs(exponent)));
    return exponent < 0 ? ONE.dividedBy(raised) : raised;
  }

  public Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  public Rational floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    boolean below = parts[1].signum() < 0;
    return new Rational(below ? parts[0].subtract(BigInteger.ONE) : parts[0], BigInteger.ONE);
  }

  /** The nearest whole number, halves away from zero. */
  public Rational rounded() {
    return of(decimal().setScale(0, RoundingMode.HALF_UP));
  }

  public Rational ceiling() {
    return negate().floor().negate();
  }

  public boolean isWhole() {
    return denominator.equals(BigInteger.ONE);
  }

  public int signum() {
    return numerator.signum();
  }

  /** How many bits it takes to write down: what keeps evaluation within bounds. */
  public int bits() {
    return Math.max(numerator.bitLength(), denominator.bitLength());
  }

  public double toDouble() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
        .doubleValue();
  }

  /** This as a whole number of at most 63 bits; throws if it is not one. */
  public long toLong() {
    if (!isWhole()) {
      throw new ArithmeticException("not whole: " + this);
    }
    return numerator.longValueExact();
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  private BigDecimal decimal() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), new MathContext(40 + numerator.bitLength() / 3));
  }

  /** {@code 12.5}; six significant digits where it does not end: {@code 5461.33}. */
  @Override
  public String toString() {
    if (isWhole()) {
      return wholeText();
    }
    double size = Math.abs(toDouble());
    BigDecimal shortened = decimal().round(new MathContext(6)).stripTrailingZeros();
    return size != 0 && size < 1e-3 ? scientific(shortened) : shortened.toPlainString();
  }

  /** All digits, {@code 0.333333}, or {@code 1/3} where they do not end. */
  public String exact() {
    try {
      return new BigDecimal(numerator).divide(new BigDecimal(denominator)).toPlainString();
    } catch (ArithmeticException e) {
      return numerator + "/" + denominator;
    }
  }

  private String wholeText() {
    return numerator.bitLength() > 80
        ? scientific(new BigDecimal(numerator).round(new MathContext(6)).stripTrailingZeros())
        : numerator.toString();
  }

  private static String scientific(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    return value.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
