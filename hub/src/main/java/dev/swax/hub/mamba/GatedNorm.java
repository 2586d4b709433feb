package dev.swax.hub.mamba;

import dev.swax.hub.layer.Words;

/**
 * The norm of what a memory has read, and its gate.
 *
 * @param kind whether there is a norm, and where the gate is
 * @param over what: {@code width} or {@code groups}
 */
public record GatedNorm(Kind kind, String over, double eps) {
  /** What comes first. */
  public enum Kind {
    /** No norm. */
    NONE,
    /** The gate, then the norm. */
    GATE_FIRST,
    /** The norm, then the gate. */
    NORM_FIRST
  }

  /** The value in a cell that has y and a gate g. */
  String text() {
    String norm = "rmsnorm(%s, over: %s, epsilon: " + Words.number(eps) + ")";
    return switch (kind) {
      case NONE -> "y * g";
      case GATE_FIRST -> norm.formatted("y * g", over);
      case NORM_FIRST -> norm.formatted("y", over) + " * g";
    };
  }
}
