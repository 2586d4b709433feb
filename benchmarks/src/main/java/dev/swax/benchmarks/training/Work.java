package dev.swax.benchmarks.training;

/**
 * Useful floating-point operations: 2 a weight of every matrix and token forward (the tied head
 * once), mixing over the keys that count, and twice the forward again for the gradients.
 */
final class Work {
  private Work() {}

  /** Of one step. */
  static double perStep(Setting setting) {
    double weights =
        WeightShape.of(setting.model()).stream()
            .filter(WeightShape::decayed)
            .mapToDouble(WeightShape::size)
            .sum();
    double mixing =
        setting.model().mixing().stream()
            .mapToDouble(kind -> mixing(kind, setting.sequence()))
            .sum();
    return 3 * Sizes.TOKENS_PER_STEP * (2 * weights + mixing);
  }

  /** Forward, of a token and layer, on average over a sequence. */
  private static double mixing(Mixing mixing, int sequence) {
    return switch (mixing) {
      case FULL -> attention((sequence + 1) / 2.0);
      case WINDOW -> attention(keys(sequence));
      case MEMORY -> {
        double inside = (Sizes.CHUNK + 1) / 2.0;
        double state = 4.0 * Sizes.KEY_WIDTH * (Sizes.VALUE_WIDTH + 1);
        yield Sizes.HEADS * (state + 2 * inside * (Sizes.KEY_WIDTH + Sizes.VALUE_WIDTH + 1));
      }
    };
  }

  private static double attention(double keys) {
    return 4.0 * Sizes.WIDTH * keys;
  }

  /** Keys that a token sees through the window, on average. */
  private static double keys(int sequence) {
    int window = Math.min(Sizes.WINDOW, sequence);
    return window - window * (window - 1) / (2.0 * sequence);
  }
}
