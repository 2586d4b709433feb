package dev.swax.hub.granitemoehybrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Blocks;
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
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.mamba.MambaGuess;
import dev.swax.hub.mamba.MambaMixer;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Granite 4 (IBM, 2025): Mamba-2 with a few layers of attention, the multipliers of Granite 3, and
 * experts in the larger models.
 */
public final class GraniteMoeHybrid extends LayeredClass {
  private static final String LINEAR = "linear_attention";
  private static final String FULL = "full_attention";
  private static final GatedFeedForward.Names SHARED =
      new GatedFeedForward.Names("input_linear", "", "", "output_linear");

  @Override
  public String type() {
    return "granitemoehybrid";
  }

  @Override
  public String architecture() {
    return "GraniteMoeHybridForCausalLM";
  }

  @Override
  public String zoo() {
    return "granite4_h_small";
  }

  @Override
  protected ObjectNode silent() {
    return Config.object(
        """
        {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 11008,
         "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": null,
         "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
         "max_position_embeddings": 2048, "layer_types": null, "layers_block_type": null,
         "position_embedding_type": null, "rope_theta": 10000.0, "rope_scaling": null,
         "rope_parameters": null, "attention_bias": false, "embedding_multiplier": 1.0,
         "logits_scaling": 1.0, "residual_multiplier": 1.0, "attention_multiplier": 1.0,
         "num_local_experts": 8, "num_experts_per_tok": 2, "shared_intermediate_size": 1024,
         "mamba_n_heads": 128, "mamba_d_head": "auto", "mamba_n_groups": 1,
         "mamba_d_state": 256, "mamba_d_conv": 4, "mamba_expand": 2, "mamba_chunk_size": 256,
         "mamba_conv_bias": true, "mamba_proj_bias": false,
         "time_step_limit": [0.0, {"__float__": "Infinity"}], "normalization_function": null,
         "init_method": null}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_act", "silu", "swish");
    config.require("normalization_function", "rmsnorm");
    config.require("position_embedding_type", "rope", "nope");
    int width = config.size("hidden_size");
    Part ffn = ffn(config, width);
    var names =
        new Names(
            "input_layernorm.weight",
            "post_attention_layernorm.weight",
            ffn instanceof SharedExperts ? "" : "shared_mlp.");
    var memory = new Mixer("memory", "mamba.", MambaMixer.ofHybrid(config, width));
    var full = new Mixer("full", "self_attn.", attention(config, width, written));
    var settings =
        new Settings(
            config.number("rms_norm_eps"),
            ffn.value(),
            config.number("embedding_multiplier"),
            1 / config.positive("logits_scaling"));
    double residual = config.number("residual_multiplier");
    return new Hybrid(Ends.of(config, "model.norm.weight", 0), "model.layers.", ffn)
        .kind(LINEAR, memory, names)
        .kind(FULL, full, names)
        .stack(name, types(config), settings, text -> dampen(text, residual));
  }

  private static void dampen(ModelText text, double residual) {
    if (residual != 1) {
      text.declare(Blocks.dampened(residual));
      text.set("block", "dampened");
    }
  }

  private static GroupedAttention attention(Config config, int width, Pairs written) {
    Rope rope = config.says("position_embedding_type", "rope") ? Rope.of(config) : null;
    return GroupedAttention.of(
        width,
        Heads.of(config, width)
            .plain(config.flag("attention_bias"), config.number("attention_multiplier"), written),
        new Norm(0, false, 0),
        new Kind("full", 0, rope),
        GroupedAttention.Names.USUAL);
  }

  private static Part ffn(Config config, int width) {
    int experts = config.count("num_local_experts");
    var shared =
        new GatedFeedForward(width, config.size("shared_intermediate_size"), "silu", false, SHARED);
    return experts == 0
        ? shared
        : new SharedExperts(
            width,
            config.size("intermediate_size"),
            experts,
            config.size("num_experts_per_tok"),
            shared);
  }

  /** The older files say mamba and attention. */
  private static List<String> types(Config config) {
    int blocks = config.size("num_hidden_layers");
    String key = config.has("layers_block_type") ? "layers_block_type" : "layer_types";
    if (!config.has(key)) {
      return Collections.nCopies(blocks, LINEAR);
    }
    List<String> types = new ArrayList<>();
    for (JsonNode type : config.each(key, blocks)) {
      types.add(
          switch (type.asText()) {
            case "mamba", LINEAR -> LINEAR;
            case "attention", FULL -> FULL;
            default -> throw config.wrong(key, type, "linear_attention or full_attention");
          });
    }
    return types;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return MambaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = guess.hybrid(sketch, silent());
          json.put("position_embedding_type", sketch.rotation().isPresent() ? "rope" : null);
          json.put("shared_intermediate_size", sketch.hidden());
          json.put("num_local_experts", sketch.choice().map(ChoiceShape::experts).orElse(0));
          sketch
              .choice()
              .ifPresent(choice -> {
                json.put("num_experts_per_tok", choice.active());
                json.put("intermediate_size", sketch.expertHidden(choice));
              });
          ArrayNode types = json.putArray("layer_types");
          for (int layer = 0; layer < sketch.layers(); layer++) {
            types.add(MambaGuess.isIn(sketch, layer) ? LINEAR : FULL);
          }
          json.remove(List.of("layers_block_type", "normalization_function", "init_method"));
          return json;
        });
  }
}
