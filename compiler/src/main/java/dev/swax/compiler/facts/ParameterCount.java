package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;

/**
 * Trained numbers.
 *
 * @param total all of them
 * @param embedding those of the embedding and of an untied head
 */
public record ParameterCount(long total, long embedding) {

  /** Counts a model's. */
  public static ParameterCount of(Architecture architecture) {
    long table = (long) architecture.vocabulary() * architecture.width();
    long embedding = architecture.options().tied() ? table : 2 * table;
    long total = embedding + architecture.width();
    for (Layer layer : architecture.layers()) {
      total += matrices(layer, architecture.width()) + vectors(layer, architecture.width());
    }
    return new ParameterCount(total, embedding);
  }

  /** Weights of a layer's matrices, each used once for a token. */
  static long matrices(Layer layer, int width) {
    Mixer mixer = layer.mixer();
    FeedForward feedForward = layer.feedForward();
    long sum = feedForward == null ? 0 : 3L * width * feedForward.hidden();
    return sum
        + switch (mixer) {
          case null -> 0;
          case Mixer.Attention a -> 2L * width * (a.heads() + a.keyHeads()) * a.headWidth();
          case Mixer.Memory memory -> CellSize.matrices(memory.cell());
        };
  }

  /** Norm weights and biases of a layer. */
  private static long vectors(Layer layer, int width) {
    int norms = (layer.mixer() == null ? 0 : 1) + (layer.feedForward() == null ? 0 : 1);
    return (long) norms * width
        + switch (layer.mixer()) {
          case null -> 0;
          case Mixer.Attention _ -> 0;
          case Mixer.Memory memory -> CellSize.vectors(memory.cell());
        };
  }
}
