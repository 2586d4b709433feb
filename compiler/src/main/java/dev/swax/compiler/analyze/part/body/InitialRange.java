package dev.swax.compiler.analyze.part.body;

import dev.swax.runtime.program.Initializer;

/** Between which numbers first values lie. */
record InitialRange(double least, double most) {

  static InitialRange of(Initializer initializer) {
    return switch (initializer) {
      case Initializer.Constant(double value) -> new InitialRange(value, value);
      case Initializer.Uniform(double from, double to) -> between(from, to);
      case Initializer.Linspace(double from, double to) -> between(from, to);
      case Initializer.Rows(double from, double to, _, _) -> between(from, to);
      case Initializer.Power(double exponent, var values) -> {
        InitialRange range = of(values);
        yield new InitialRange(Math.pow(range.least, exponent), Math.pow(range.most, exponent));
      }
      case Initializer.Normal(double deviation) -> {
        double most = deviation == 0 ? 0 : Double.POSITIVE_INFINITY;
        yield new InitialRange(-most, most);
      }
      // Every function grows.
      case Initializer.Of(var function, var values) -> {
        InitialRange range = of(values);
        yield new InitialRange(function.of(range.least), function.of(range.most));
      }
      case Initializer.Affine(double scale, double shift, var values) -> {
        InitialRange range = of(values);
        yield scale == 0
            ? new InitialRange(shift, shift)
            : between(scale * range.least + shift, scale * range.most + shift);
      }
    };
  }

  private static InitialRange between(double a, double b) {
    return new InitialRange(Math.min(a, b), Math.max(a, b));
  }

  /** Whether a function has a number for each of these. */
  boolean allows(Initializer.Function function) {
    return switch (function) {
      case LOG -> least > 0;
      case SQRT -> least >= 0;
      case EXP, EXPM1 -> Double.isInfinite(most) || Double.isFinite(function.of(most));
    };
  }
}
