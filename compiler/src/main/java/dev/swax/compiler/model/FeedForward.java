package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;

/** {@code W_down (act(W_gate x) * (W_up x))}, no biases. */
public record FeedForward(Span span, Activation activation, int hidden) {
  /** The gate's non-linearity. */
  public enum Activation {
    SILU,
    GELU
  }
}
