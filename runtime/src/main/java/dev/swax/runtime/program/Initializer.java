package dev.swax.runtime.program;

/** How a parameter gets its first values. */
public sealed interface Initializer {
  /** N(0, deviation²). */
  record Normal(double deviation) implements Initializer {}

  record Constant(double value) implements Initializer {}

  /** {@code from .. to} in equal steps over the columns, ends included. */
  record Linspace(double from, double to) implements Initializer {}
}
