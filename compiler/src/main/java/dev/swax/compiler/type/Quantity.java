package dev.swax.compiler.type;

/** An exact number and what it counts. */
public record Quantity(Rational value, Dimension dimension) {

  public static Quantity of(long value) {
    return of(Rational.of(value));
  }

  public static Quantity of(Rational value) {
    return new Quantity(value, Dimension.NONE);
  }

  /** {@code 16384 tok}, {@code 90%}, {@code 12.5}. */
  @Override
  public String toString() {
    if (dimension.percent()) {
      return value.times(Rational.of(100)) + "%";
    }
    return dimension.isPure() ? value.toString() : value + " " + dimension.suffix();
  }

  /** As {@link #toString}, with all digits. */
  public String exact() {
    if (dimension.percent()) {
      return value.times(Rational.of(100)).exact() + "%";
    }
    return dimension.isPure() ? value.exact() : value.exact() + " " + dimension.suffix();
  }
}
