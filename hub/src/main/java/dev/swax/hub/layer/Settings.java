package dev.swax.hub.layer;

import dev.swax.hub.layer.Stack.Ends;

/**
 * What most models say before their layers.
 *
 * @param eps of the norms
 * @param ffn the feed-forward of layers that do not say their own, or {@code none}
 */
public record Settings(double eps, String ffn, double embeddingScale, double logitScale) {
  /** Without factors at the ends. */
  public static Settings of(double eps, String ffn) {
    return new Settings(eps, ffn, 1, 1);
  }

  /** Adds them to a text, with the vocabulary. */
  public void write(ModelText text, Ends ends) {
    text.size("vocab", ends.vocabulary());
    text.set("norm", "rmsnorm(eps: " + Words.number(eps) + ")");
    text.set("ffn", ffn);
    if (ends.tied()) {
      text.set("tied", "true");
    }
    text.set("embedding_scale", embeddingScale, 1);
    text.set("logit_scale", logitScale, 1);
  }
}
