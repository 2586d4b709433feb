package dev.swax.hub.decoder;

import dev.swax.hub.layer.Part;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the published models have in common that are layers of attention and a feed-forward.
 *
 * @param order of each layer its kind
 * @param fused whether queries, keys and values are one published tensor, and gates and ups another
 */
public record Decoder(
    int vocabulary,
    int width,
    Attention attention,
    Part ffn,
    Norm norm,
    Wiring wiring,
    List<Kind> kinds,
    List<Integer> order,
    Ends ends,
    boolean fused) {
  public Decoder {
    kinds = List.copyOf(kinds);
    order = List.copyOf(order);
  }

  /** Where the norms of a layer are. */
  public enum Wiring {
    /** Before attention and feed-forward. */
    BEFORE,
    /** After them. */
    AFTER,
    /** Before and after. */
    AROUND,
    /** One before both, which stand side by side. */
    PARALLEL
  }

  /** What queries and keys are normed over. */
  public enum QueryNorm {
    NONE,
    HEAD,
    WIDTH
  }

  /**
   * What the attentions of all layers share.
   *
   * @param bias of queries, keys and values
   * @param outBias of the result
   * @param scale of the scores, or 0 for the usual one
   * @param cap of the scores, or 0
   * @param pairs that the published code turns
   * @param written pairs that the swax text says; where these differ, columns change places
   */
  public record Attention(
      int heads,
      int keyHeads,
      int head,
      boolean bias,
      boolean outBias,
      QueryNorm norm,
      double scale,
      double cap,
      boolean sinks,
      Pairs pairs,
      Pairs written) {}

  /**
   * The norm of all layers.
   *
   * @param centred a layer norm instead of an rmsnorm
   * @param plus what the published code adds to its weights
   */
  public record Norm(double eps, boolean centred, double plus) {}

  /**
   * Layers that are alike.
   *
   * @param name in the swax text
   * @param window or 0 for none
   * @param rope or null for no positions
   */
  public record Kind(String name, int window, @Nullable Rope rope) {}

  /**
   * Before the first and after the last layer.
   *
   * @param residual what the branches of a layer are multiplied by
   * @param cap of the logits, or 0
   */
  public record Ends(
      boolean tied, double embeddingScale, double residual, double logitScale, double cap) {}

  int blocks() {
    return order.size();
  }
}
