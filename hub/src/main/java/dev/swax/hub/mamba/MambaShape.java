package dev.swax.hub.mamba;

import dev.swax.hub.folder.Config;
import dev.swax.runtime.UserError;

/**
 * The numbers of a Mamba-2.
 *
 * @param width of the stream
 * @param key channels of the state for each channel of a value
 * @param groups of heads that share B and C
 * @param conv tokens of the convolution
 * @param convBias whether it has a bias
 * @param inBias of what is made of the stream
 * @param outBias of the result
 */
public record MambaShape(
    int width,
    int heads,
    int key,
    int value,
    int groups,
    int conv,
    boolean convBias,
    boolean inBias,
    boolean outBias) {
  /** Channels of all values. */
  public int inner() {
    return heads * value;
  }

  /** Refuses a factor of the width that does not give the channels of all values. */
  public void requireExpanded(Config config, String key) {
    double factor = config.number(key);
    if ((int) (factor * width) != inner()) {
      throw new UserError(
          "config.json has `%s` = %s and a width of %d, but %d heads of %d channels"
              .formatted(key, factor, width, heads, value),
          null);
    }
  }

  /** Channels of all B, or of all C. */
  public int keys() {
    return groups * key;
  }
}
