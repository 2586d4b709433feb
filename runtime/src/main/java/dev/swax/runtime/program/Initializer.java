package dev.swax.runtime.program;

/** How a parameter gets its first values. */
public sealed interface Initializer {
  /** N(0, deviation²). */
  record Normal(double deviation) implements Initializer {}

  /** Drawn evenly between two numbers. */
  record Uniform(double from, double to) implements Initializer {}

  record Constant(double value) implements Initializer {}

  /** {@code from .. to} in equal steps over the columns, ends included. */
  record Linspace(double from, double to) implements Initializer {}

  /** {@code from .. to} in equal steps over the rows of matrices [rows, columns]. */
  record Rows(double from, double to, int rows, int columns) implements Initializer {}

  /** {@code values ^ exponent}, of values that are not below 0. */
  record Power(double exponent, Initializer values) implements Initializer {}

  /** A function of each of the values of another: {@code log(uniform(1, 16))}. */
  record Of(Function function, Initializer values) implements Initializer {}

  /** {@code scale * values + shift}. */
  record Affine(double scale, double shift, Initializer values) implements Initializer {}

  /** What first values can be taken through. The same bits on every machine. */
  enum Function {
    EXP {
      @Override
      public double of(double x) {
        return StrictMath.exp(x);
      }
    },
    EXPM1 {
      @Override
      public double of(double x) {
        return StrictMath.expm1(x);
      }
    },
    LOG {
      @Override
      public double of(double x) {
        return StrictMath.log(x);
      }
    },
    SQRT {
      @Override
      public double of(double x) {
        return Math.sqrt(x);
      }
    };

    public abstract double of(double x);
  }
}
