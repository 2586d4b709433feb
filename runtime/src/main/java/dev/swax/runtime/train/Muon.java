package dev.swax.runtime.train;

import java.util.Locale;

/**
 * Muon's constants (Jordan et al. 2024; Liu et al. 2025). It takes the matrices of layers; AdamW
 * the rest.
 *
 * @param iterations of Newton-Schulz
 * @param rest what the rate is multiplied by for all that Muon does not take
 */
public record Muon(double momentum, boolean nesterov, int iterations, Scale scale, double rest) {

  /** How large an update is; its matrix is [rows, columns], from as many inputs to outputs. */
  public enum Scale {
    /** As large as an update of AdamW: {@code 0.2 sqrt(max(rows, columns))}. */
    LIKE_ADAMW {
      @Override
      public double of(int rows, int columns) {
        return 0.2 * Math.sqrt(Math.max(rows, columns));
      }
    },
    /** {@code sqrt(max(1, columns / rows))}, as first published. */
    BY_SHAPE {
      @Override
      public double of(int rows, int columns) {
        return Math.sqrt(Math.max(1, (double) columns / rows));
      }
    };

    /** What a matrix's update is multiplied by. */
    public abstract double of(int rows, int columns);

    /** As it is written. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
