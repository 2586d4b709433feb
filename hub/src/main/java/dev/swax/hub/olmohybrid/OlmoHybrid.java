package dev.swax.hub.olmohybrid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Blocks;
import dev.swax.hub.decoder.Decoder.Attention;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.decoder.GroupedAttention;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.delta.DeltaGuess;
import dev.swax.hub.delta.DeltaMixer;
import dev.swax.hub.delta.DeltaSizes;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Hybrid;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OLMo Hybrid (OLMo team, 2026): the gated delta rule behind a norm, and the attention of OLMo 3,
 * whose norms are behind it, with or without positions.
 */
public final class OlmoHybrid extends LayeredClass {
  private static final String FULL = "full_attention";
  private static final String LINEAR = "linear_attention";

  /** Of the norm of what a memory has read; it stands in the code. */
  private static final double MEMORY_EPS = 1e-5;

  /** What only first values depend on. */
  private static final List<String> UNREAD =
      List.of(
          "linear_a_log_min",
          "linear_a_log_max",
          "linear_dt_min",
          "linear_dt_max",
          "linear_dt_init_floor");

  @Override
  public String type() {
    return "olmo_hybrid";
  }

  @Override
  public String architecture() {
    return "OlmoHybridForCausalLM";
  }

  @Override
  public String zoo() {
    return "olmo3_7b";
  }

  @Override
  protected ObjectNode silent() {
    ObjectNode json = written();
    UNREAD.forEach(json::putNull);
    return json.putNull("rope_scaling").put("rope_theta", 10_000.0).putNull("head_dim");
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 100352, "hidden_size": 3840, "intermediate_size": 11008,
         "num_hidden_layers": 32, "num_attention_heads": 30, "num_key_value_heads": null,
         "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
         "rope_parameters": null, "attention_bias": false, "max_position_embeddings": 65536,
         "layer_types": null, "linear_num_key_heads": null, "linear_num_value_heads": null,
         "linear_key_head_dim": null, "linear_value_head_dim": null,
         "linear_conv_kernel_dim": 4, "linear_allow_neg_eigval": true}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_act", "silu", "swish");
    int width = config.size("hidden_size");
    double eps = config.number("rms_norm_eps");
    Ends ends = Ends.of(config, "model.norm.weight", 0);
    var ffn =
        new GatedFeedForward(
            width, config.size("intermediate_size"), "silu", false, GatedFeedForward.Names.USUAL);
    int heads = config.size("num_attention_heads");
    var delta =
        new DeltaMixer(
            sizes(config, width, heads), MEMORY_EPS, config.flag("linear_allow_neg_eigval"), false);
    GroupedAttention full = attention(config, width, heads, eps, written);
    Weights row = Weights.row(width, 0);
    var hybrid =
        new Hybrid(ends, "model.layers.", ffn)
            .kind(
                LINEAR,
                Layer.of("memory")
                    .with("attention_layer_norm.weight", "memory_norm", row)
                    .with("linear_attn.", "memory.", delta)
                    .with("feedforward_layer_norm.weight", "ffn_norm", row)
                    .with("mlp.", "ffn.", ffn),
                delta)
            .kind(
                FULL,
                Layer.of("full")
                    .with("self_attn.", "attn.", full)
                    .with("post_attention_layernorm.weight", "attn_post_norm", norm(width))
                    .with("mlp.", "ffn.", ffn)
                    .with("post_feedforward_layernorm.weight", "ffn_post_norm", row),
                full,
                "post_norm");
    List<String> types = types(config, hybrid);
    return hybrid.stack(
        name,
        types,
        Settings.of(eps, ffn.value()),
        text -> {
          if (types.contains(FULL)) {
            text.declare(Blocks.AFTER);
          }
        });
  }

  /** transformers saves it under the name that it has in other layers. */
  private static Weights norm(int width) {
    return (table, there, here) ->
        table
            .vector(there, here, width, 0)
            .alias(there.replace("post_attention_layernorm", "feedforward_layer_norm"), there);
  }

  private static DeltaSizes sizes(Config config, int width, int heads) {
    int groups = config.size("linear_num_key_heads", heads);
    int key = config.size("linear_key_head_dim", (int) (0.75 * width / groups));
    return DeltaSizes.of(
        config,
        width,
        groups,
        config.size("linear_num_value_heads", heads),
        key,
        config.size("linear_value_head_dim", 2 * key));
  }

  private static GroupedAttention attention(
      Config config, int width, int heads, double eps, Pairs written) {
    int keyHeads = config.size("num_key_value_heads", heads);
    boolean bias = config.flag("attention_bias");
    int head = config.size("head_dim", width / heads);
    if (heads % keyHeads != 0 || (width % heads != 0 && !config.has("head_dim"))) {
      throw config.wrong(
          "num_attention_heads",
          "a divisor of the width, %d, and a multiple of the %d heads of keys"
              .formatted(width, keyHeads));
    }
    var shape =
        new Attention(
            heads, keyHeads, head, bias, bias, QueryNorm.WIDTH, 0, 0, false, Pairs.HALF, written);
    return GroupedAttention.of(
        width,
        shape,
        new Norm(eps, false, 0),
        new Kind("full", 0, rope(config)),
        GroupedAttention.Names.USUAL);
  }

  /** None where the base is null, as in what was published. */
  private static @Nullable Rope rope(Config config) {
    boolean none = config.inside("rope_parameters").isNull("rope_theta");
    return none ? null : Rope.of(config);
  }

  private static List<String> types(Config config, Hybrid hybrid) {
    int blocks = config.size("num_hidden_layers");
    if (config.has("layer_types")) {
      return hybrid.types(config, "layer_types", blocks);
    }
    List<String> types = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      types.add(i % 4 == 3 ? FULL : LINEAR);
    }
    if (!types.contains(FULL)) {
      types.set(blocks - 1, FULL);
    }
    return types;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return DeltaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = new DecoderConfig(sketch, written(), false).json();
          guess.put(json, sketch);
          json.put("linear_allow_neg_eigval", guess.doubled());
          if (sketch.rotation().isEmpty()) {
            json.putObject("rope_parameters").putNull("rope_theta").put("rope_type", "default");
          }
          return json;
        });
  }
}
