package dev.swax.hub.mamba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.folder.Config;

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

  /**
   * That of the keys that hybrids of several makers share.
   *
   * @param inner channels of all values
   */
  public static MambaShape ofHybrid(Config config, int width, int inner) {
    int heads = config.size("mamba_n_heads");
    int value = config.says("mamba_d_head", "auto") ? inner / heads : config.size("mamba_d_head");
    if (heads * value != inner) {
      throw config.refused(
          "has %d heads of Mamba-2 with %d channels, but %d channels in all"
              .formatted(heads, value, inner),
          null);
    }
    boolean bias = config.flag("mamba_proj_bias");
    var shape =
        new MambaShape(
            width,
            heads,
            config.size("mamba_d_state"),
            value,
            config.size("mamba_n_groups"),
            config.size("mamba_d_conv"),
            config.flag("mamba_conv_bias"),
            bias,
            bias);
    shape.requireGroups(config);
    return shape;
  }

  /** Refuses groups that heads cannot be divided into. */
  public void requireGroups(Config config) {
    if (heads % groups != 0) {
      throw config.refused(
          "has %d heads of Mamba-2 in %d groups, which do not fit".formatted(heads, groups), null);
    }
  }

  /** Writes the same keys. */
  public void putHybrid(ObjectNode json) {
    json.put("mamba_n_heads", heads);
    json.put("mamba_d_state", key);
    json.put("mamba_d_head", value);
    json.put("mamba_n_groups", groups);
    json.put("mamba_d_conv", conv);
    json.put("mamba_expand", inner() / width);
    json.put("mamba_conv_bias", convBias);
    json.put("mamba_proj_bias", inBias);
  }

  /** The same with another bias of the result. */
  public MambaShape withOutBias(boolean bias) {
    return new MambaShape(width, heads, key, value, groups, conv, convBias, inBias, bias);
  }

  /** Refuses a factor of the width that does not give the channels of all values. */
  public void requireExpanded(Config config, String key) {
    double factor = config.number(key);
    if ((int) (factor * width) != inner()) {
      throw config.refused(
          "has `%s` = %s and a width of %d, but %d heads of %d channels"
              .formatted(key, factor, width, heads, value),
          null);
    }
  }

  /** Channels of all B, or of all C. */
  public int keys() {
    return groups * key;
  }
}
