package dev.swax.benchmarks.training;

import java.io.IOException;

/**
 * Useful floating-point operations: 2 a weight of every matrix and token forward (the tied head
 * once), mixing over the keys that count, and twice the forward again for the gradients.
 */
final class Work {
  private Work() {}

  /** Of one step. */
  static double perStep(Setting setting) throws IOException {
    double weights =
        WeightShape.of(setting).stream()
            .filter(WeightShape::decayed)
            .mapToDouble(WeightShape::size)
            .sum();
    double mixing =
        setting.mixing().stream()
            .mapToDouble(kind -> mixing(kind, setting.sizes(), setting.sequence()))
            .sum();
    return 3.0 * setting.sizes().tokens() * (2 * weights + mixing);
  }

  /** Forward, of a token and layer, on average over a sequence. */
  private static double mixing(Mixing mixing, Sizes sizes, int sequence) {
    return switch (mixing) {
      case FULL -> attention(sizes, (sequence + 1) / 2.0);
      case WINDOW -> attention(sizes, keys(sequence));
      case MEMORY -> {
        double inside = (Sizes.CHUNK + 1) / 2.0;
        double state = 4.0 * Sizes.KEY_WIDTH * (Sizes.VALUE_WIDTH + 1);
        yield sizes.heads() * (state + 2 * inside * (Sizes.KEY_WIDTH + Sizes.VALUE_WIDTH + 1));
      }
      case DELTA -> {
        double inside = (Sizes.CHUNK + 1) / 2.0;
        double state = 6.0 * Sizes.KEY_WIDTH * Sizes.VALUE_WIDTH;
        double system = 2 * inside * (2 * Sizes.KEY_WIDTH + Sizes.VALUE_WIDTH);
        yield sizes.heads() * (state + system + 2 * inside * (Sizes.KEY_WIDTH + Sizes.VALUE_WIDTH));
      }
    };
  }

  private static double attention(Sizes sizes, double keys) {
    return 4.0 * sizes.width() * keys;
  }

  /** Keys that a token sees through the window, on average. */
  private static double keys(int sequence) {
    int window = Math.min(Sizes.WINDOW, sequence);
    return window - window * (window - 1) / (2.0 * sequence);
  }
}
