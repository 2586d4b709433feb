package dev.swax.cli.verify;

/** What rounding to fp32 may do to a result. */
final class Tolerance {
  /** Half the distance of two fp32 numbers at 1. */
  static final double UNIT = 0x1p-24;

  /** Rounding errors of a sum do not all have one sign, but they pass through several layers. */
  private static final double MARGIN = 8;

  private Tolerance() {}

  /**
   * Relative to the largest value: each of {@code layers} adds sums of at most {@code terms}, and
   * every term and sum is rounded once.
   */
  static double sums(int terms, int layers) {
    return MARGIN * UNIT * terms * layers;
  }
}
