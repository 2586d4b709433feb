package dev.swax.hub.delta;

import dev.swax.hub.folder.Config;

/**
 * The numbers of a gated delta rule.
 *
 * @param width of the stream
 * @param heads of values
 * @param groups heads of keys and queries, each for as many heads of values
 * @param conv tokens of the convolutions
 */
public record DeltaSizes(int width, int heads, int groups, int key, int value, int conv) {
  /** With the convolution of a config.json; refuses heads that do not fit. */
  public static DeltaSizes of(Config config, int width, int groups, int heads, int key, int value) {
    if (heads % groups != 0) {
      throw config.wrong("linear_num_value_heads", "a multiple of " + groups);
    }
    return new DeltaSizes(width, heads, groups, key, value, config.size("linear_conv_kernel_dim"));
  }

  int keys() {
    return groups * key;
  }

  int values() {
    return heads * value;
  }

  /** Heads of values to one of keys. */
  int times() {
    return heads / groups;
  }
}
