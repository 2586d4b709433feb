package dev.swax.compiler.lower;

import dev.swax.runtime.program.Initializer;
import org.jspecify.annotations.Nullable;

/** The initialisers of xLSTM 7B, used for every block. */
final class Initializers {
  static final Initializer ONE = new Initializer.Constant(1);
  static final Initializer ZERO = new Initializer.Constant(0);

  private Initializers() {}

  /** N(0, 2 / (5 width)). */
  static Initializer small(int width) {
    return new Initializer.Normal(Math.sqrt(2.0 / (5.0 * width)));
  }

  /** N(0, deviation²), or small where none is said. */
  static Initializer normal(@Nullable Double deviation, int width) {
    return deviation == null ? small(width) : new Initializer.Normal(deviation);
  }

  /** N(0, (2 / (layers sqrt(width)))²), for what writes into the residual stream. */
  static Initializer wang(int width, int layers) {
    return new Initializer.Normal(2.0 / (layers * Math.sqrt(width)));
  }
}
