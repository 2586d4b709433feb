package dev.swax.hub.decoder;

import dev.swax.hub.decoder.Decoder.Attention;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.folder.Config;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;

/** Heads of attention as config.json has them, and how many channels each has. */
public record Heads(int heads, int keyHeads, int head) {
  public static Heads of(Config config, int width) {
    int heads = config.size("num_attention_heads");
    int keyHeads = config.size("num_key_value_heads", heads);
    if (heads % keyHeads != 0 || (!config.has("head_dim") && width % heads != 0)) {
      throw config.refused(
          "has %d heads, %d of keys, and a width of %d, which do not fit"
              .formatted(heads, keyHeads, width),
          null);
    }
    return new Heads(heads, keyHeads, config.size("head_dim", width / heads));
  }

  /**
   * An attention with nothing but heads.
   *
   * @param bias of all four projections
   * @param scale of the scores, or 0 for the usual one
   */
  public Attention plain(boolean bias, double scale, Pairs written) {
    return new Attention(
        heads, keyHeads, head, bias, bias, QueryNorm.NONE, scale, 0, false, Pairs.HALF, written);
  }
}
