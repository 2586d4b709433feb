package dev.swax.hub.lfm2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Hybrid;
import dev.swax.hub.layer.Hybrid.Names;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LFM2 (Liquid AI, 2025): gated short convolutions, and attention with normed queries and keys. */
public final class Lfm2 extends LayeredClass {
  private static final Names NAMES =
      new Names(LiquidMixers.MIXER_NORM, LiquidMixers.FFN_NORM, "feed_forward.");

  /** Keys of the code before, which the class of transformers does not look at. */
  private static final List<String> UNREAD =
      List.of(
          "block_dim",
          "block_mlp_init_scale",
          "block_norm_eps",
          "block_out_init_scale",
          "block_use_swiglu",
          "block_use_xavier_init",
          "conv_dim",
          "conv_dim_out",
          "conv_use_xavier_init",
          "num_heads",
          "theta",
          "use_pos_enc");

  @Override
  public String type() {
    return "lfm2";
  }

  @Override
  public String architecture() {
    return "Lfm2ForCausalLM";
  }

  @Override
  public String zoo() {
    return "lfm2_1p2b";
  }

  @Override
  protected ObjectNode silent() {
    ObjectNode json = written();
    UNREAD.forEach(json::putNull);
    return json.putNull("tie_embedding")
        .putNull("block_ff_dim")
        .putNull("full_attn_idxs")
        .putNull("rope_scaling")
        .put("rope_theta", 1_000_000.0)
        .put("max_position_embeddings", 128_000);
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 65536, "hidden_size": 2560, "intermediate_size": 12288,
         "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "norm_eps": 1e-5, "tie_word_embeddings": true, "rope_parameters": null,
         "conv_bias": false, "conv_L_cache": 3, "block_multiple_of": 256,
         "block_ffn_dim_multiplier": 1.0, "block_auto_adjust_ff_dim": true, "layer_types": null}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    var mixers = LiquidMixers.of(config, written);
    Ends ends = LiquidMixers.ends(config);
    var ffn = new GatedFeedForward(ends.width(), hidden(config), "silu", false, LiquidMixers.FFN);
    var hybrid =
        new Hybrid(ends, "model.layers.", ffn)
            .kind(LiquidMixers.SHORT, mixers.brief(), NAMES)
            .kind(LiquidMixers.FULL, mixers.full(), NAMES);
    Settings settings = Settings.of(config.number("norm_eps"), ffn.value());
    return hybrid.stack(name, types(config, hybrid), settings, _ -> {});
  }

  /** Two thirds of what is said, times a factor, rounded up, unless that is switched off. */
  private static int hidden(Config config) {
    int said = config.size("block_ff_dim", config.size("intermediate_size"));
    if (!config.flag("block_auto_adjust_ff_dim")) {
      return said;
    }
    int hidden = 2 * said / 3;
    if (!config.has("block_ffn_dim_multiplier")) {
      return hidden;
    }
    return Math.ceilDiv(
            (int) (config.number("block_ffn_dim_multiplier") * hidden),
            config.size("block_multiple_of"))
        * config.size("block_multiple_of");
  }

  private static List<String> types(Config config, Hybrid hybrid) {
    int blocks = config.size("num_hidden_layers");
    if (config.has("layer_types")) {
      config.ignore("full_attn_idxs");
      return hybrid.types(config, "layer_types", blocks);
    }
    List<Integer> full = config.indices("full_attn_idxs");
    List<String> types = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      types.add(
          full.contains(i) || !config.has("full_attn_idxs")
              ? LiquidMixers.FULL
              : LiquidMixers.SHORT);
    }
    return types;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return LiquidMixers.config(sketch, written())
        .map(json -> json.put("block_auto_adjust_ff_dim", false));
  }
}
