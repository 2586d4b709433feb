package dev.swax.hub.bamba;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.decoder.GroupedAttention;
import dev.swax.hub.decoder.Heads;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Hybrid;
import dev.swax.hub.layer.Hybrid.Names;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Mixer;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.mamba.MambaGuess;
import dev.swax.hub.mamba.MambaMixer;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Bamba (IBM, Princeton, CMU and UIUC, 2024): Mamba-2 with a few layers of attention. */
public final class Bamba extends LayeredClass {
  private static final Names NAMES =
      new Names("input_layernorm.weight", "pre_ff_layernorm.weight", "feed_forward.");

  @Override
  public String type() {
    return "bamba";
  }

  @Override
  public String architecture() {
    return "BambaForCausalLM";
  }

  @Override
  public String zoo() {
    return "bamba_9b";
  }

  @Override
  protected ObjectNode silent() {
    return Config.object(
        """
        {"vocab_size": 128000, "hidden_size": 4096, "intermediate_size": 14336,
         "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "hidden_act": "silu", "rms_norm_eps": 1e-5, "tie_word_embeddings": false,
         "max_position_embeddings": 262144, "attn_layer_indices": null,
         "rope_theta": 10000.0, "rope_scaling": null, "rope_parameters": null,
         "partial_rotary_factor": 0.5, "attn_rotary_emb": null,
         "attention_bias": false, "mlp_bias": false, "mamba_n_heads": 128,
         "mamba_d_head": "auto", "mamba_n_groups": 1, "mamba_d_state": 256, "mamba_d_conv": 4,
         "mamba_expand": 2, "mamba_chunk_size": 256, "mamba_conv_bias": true,
         "mamba_proj_bias": false, "time_step_limit": [0.0, {"__float__": "Infinity"}],
         "num_logits_to_keep": 1, "z_loss_coefficient": 0.0}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_act", "silu", "swish");
    config.require("partial_rotary_factor", "0.5");
    int width = config.size("hidden_size");
    var ffn =
        new GatedFeedForward(
            width,
            config.size("intermediate_size"),
            "silu",
            config.flag("mlp_bias"),
            GatedFeedForward.Names.USUAL);
    var memory = new Mixer("memory", "mamba.", MambaMixer.ofHybrid(config, width));
    var full = new Mixer("full", "self_attn.", attention(config, width, written));
    List<Integer> attended = config.indices("attn_layer_indices");
    List<String> types =
        IntStream.range(0, config.size("num_hidden_layers"))
            .mapToObj(i -> attended.contains(i) ? full.name() : memory.name())
            .toList();
    return new Hybrid(Ends.of(config, "model.final_layernorm.weight", 0), "model.layers.", ffn)
        .kind(memory.name(), memory, NAMES)
        .kind(full.name(), full, NAMES)
        .stack(name, types, Settings.of(config.number("rms_norm_eps"), ffn.value()), _ -> {});
  }

  private static GroupedAttention attention(Config config, int width, Pairs written) {
    Heads heads = Heads.of(config, width);
    Rope rope = Rope.of(config);
    if (config.size("attn_rotary_emb", heads.head() / 2) != heads.head() / 2) {
      throw config.wrong(
          "attn_rotary_emb", "half of the %d channels of a head".formatted(heads.head()));
    }
    return GroupedAttention.of(
        width,
        heads.plain(config.flag("attention_bias"), 0, written),
        new Norm(0, false, 0),
        new Kind("full", 0, rope),
        GroupedAttention.Names.USUAL);
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return MambaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = guess.hybrid(sketch, silent());
          ArrayNode full = json.putArray("attn_layer_indices");
          for (int layer = 0; layer < sketch.layers(); layer++) {
            if (sketch.attention(layer).isPresent()) {
              full.add(layer);
            }
          }
          sketch.rotation().ifPresent(rotation -> putShare(json, rotation));
          json.remove("attn_rotary_emb");
          return json;
        });
  }

  /** Where positions do not say it, half of a head is turned. */
  private static void putShare(ObjectNode json, Rotation rotation) {
    double share = (double) rotation.columns() / rotation.headWidth();
    json.withObject("/rope_parameters").put("partial_rotary_factor", share);
  }
}
