package dev.swax.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A matrix product of training, c [m, n] from a depth of k. */
record ProductShape(Kind kind, int m, int k, int n) {
  /** Plain; the right side transposed, a gradient of rows; the left side, a gradient of weights. */
  enum Kind {
    NN,
    NT,
    TN
  }

  private static final List<ProductShape> MIXED =
      List.of(
          new ProductShape(Kind.NN, 1024, 1024, 1024),
          new ProductShape(Kind.NN, 4096, 256, 256),
          new ProductShape(Kind.NN, 8192, 256, 256),
          new ProductShape(Kind.NN, 4096, 256, 1376),
          new ProductShape(Kind.NN, 8192, 256, 1376),
          new ProductShape(Kind.NN, 4096, 688, 256),
          new ProductShape(Kind.NN, 8192, 688, 256),
          new ProductShape(Kind.NT, 4096, 256, 1376),
          new ProductShape(Kind.NT, 8192, 256, 256),
          new ProductShape(Kind.NT, 8192, 1376, 256),
          new ProductShape(Kind.NT, 128, 64, 256),
          new ProductShape(Kind.TN, 256, 4096, 1376),
          new ProductShape(Kind.TN, 256, 8192, 256),
          new ProductShape(Kind.TN, 256, 8192, 1376),
          new ProductShape(Kind.TN, 688, 8192, 256),
          new ProductShape(Kind.NN, 64, 64, 64),
          new ProductShape(Kind.NN, 8192, 256, 8),
          new ProductShape(Kind.NN, 1, 256, 1376),
          new ProductShape(Kind.NT, 1, 256, 1376));

  double operations() {
    return 2.0 * m * k * n;
  }

  /**
   * A list by its name: {@code mixed}, or a model by its size, {@code 3M}, {@code 30M}, {@code
   * 124M}.
   */
  static List<ProductShape> list(String name) {
    return switch (name) {
      case "mixed" -> MIXED;
      case "3M" -> training(8192, 256, 688, 256);
      case "30M" -> training(2048, 512, 1376, 32_000);
      case "124M" -> training(1024, 768, 2048, 50_304);
      default -> throw new IllegalArgumentException("no list of shapes " + name);
    };
  }

  /**
   * All products of a step over so many tokens: mixers, a feed-forward with a gate, a tied head, a
   * gate of 8 channels, and few tokens through the feed-forward, as in generation.
   */
  private static List<ProductShape> training(int tokens, int width, int hidden, int vocabulary) {
    var shapes = new ArrayList<ProductShape>();
    projection(tokens, width, width, shapes);
    projection(tokens, width, 2 * hidden, shapes);
    projection(tokens, hidden, width, shapes);
    projection(tokens, width, 8, shapes);
    shapes.add(new ProductShape(Kind.NT, tokens, width, vocabulary));
    shapes.add(new ProductShape(Kind.NN, tokens, vocabulary, width));
    shapes.add(new ProductShape(Kind.TN, vocabulary, tokens, width));
    for (int few : List.of(1, 4, 16)) {
      shapes.add(new ProductShape(Kind.NN, few, width, 2 * hidden));
      shapes.add(new ProductShape(Kind.NN, few, hidden, width));
      shapes.add(new ProductShape(Kind.NT, few, width, vocabulary));
    }
    return shapes;
  }

  /** Forward, the gradient of its input, and that of its weights. */
  private static void projection(int tokens, int in, int out, List<ProductShape> shapes) {
    shapes.add(new ProductShape(Kind.NN, tokens, in, out));
    shapes.add(new ProductShape(Kind.NT, tokens, out, in));
    shapes.add(new ProductShape(Kind.TN, in, tokens, out));
  }
}
