package dev.swax.hub.granitemoehybrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Blocks;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.decoder.GroupedAttention;
import dev.swax.hub.decoder.Heads;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Mixer;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.mamba.GatedNorm;
import dev.swax.hub.mamba.MambaGuess;
import dev.swax.hub.mamba.MambaMixer;
import dev.swax.hub.mamba.MambaShape;
import dev.swax.hub.mamba.StepLimits;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Granite 4 (IBM, 2025): Mamba-2 with a few layers of attention, the multipliers of Granite 3, and
 * experts in the larger models.
 */
public final class GraniteMoeHybrid extends LayeredClass {
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
    var memory =
        new MambaMixer(
            MambaShape.ofHybrid(config, width, config.size("mamba_expand") * width),
            new GatedNorm(GatedNorm.Kind.GATE_FIRST, "width", config.number("rms_norm_eps")),
            StepLimits.of(config, "time_step_limit"),
            MambaMixer.ONCE);
    Mixer linear = new Mixer("memory", "mamba.", memory);
    Mixer full = new Mixer("full", "self_attn.", attention(config, width, written));
    return stack(name, config, order(config, linear, full), ffn(config, width));
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
  private static List<Mixer> order(Config config, Mixer memory, Mixer attention) {
    int blocks = config.size("num_hidden_layers");
    String key = config.has("layers_block_type") ? "layers_block_type" : "layer_types";
    List<Mixer> order = new ArrayList<>();
    if (!config.has(key)) {
      for (int i = 0; i < blocks; i++) {
        order.add(memory);
      }
      return order;
    }
    for (JsonNode type : config.each(key, blocks)) {
      order.add(
          switch (type.asText()) {
            case "mamba", "linear_attention" -> memory;
            case "attention", "full_attention" -> attention;
            default -> throw config.wrong(key, type, "linear_attention or full_attention");
          });
    }
    return order;
  }

  private static Stack stack(String name, Config config, List<Mixer> order, Part ffn) {
    int width = config.size("hidden_size");
    var ends =
        new Ends(
            config.size("vocab_size"),
            width,
            "model.embed_tokens.weight",
            "model.norm.weight",
            0,
            config.flag("tie_word_embeddings"));
    var text = new ModelText(name);
    List<Mixer> kinds = order.stream().distinct().toList();
    text.size("width", width);
    text.size("blocks", order.size());
    kinds.forEach(mixer -> mixer.part().declare(text));
    ffn.declare(text);
    double residual = config.number("residual_multiplier");
    if (residual != 1) {
      text.declare(Blocks.dampened(residual));
      text.set("block", "dampened");
    }
    new Settings(
            config.number("rms_norm_eps"),
            ffn.value(),
            config.number("embedding_multiplier"),
            1 / config.number("logits_scaling"))
        .write(text, ends);
    kinds.forEach(mixer -> mixer.let(text));
    List<Layer> layers = order.stream().map(mixer -> layer(mixer, ffn, width)).toList();
    return new Stack(text, ends, "model.layers.", layers);
  }

  private static Layer layer(Mixer mixer, Part ffn, int width) {
    Weights row = Weights.row(width, 0);
    return Layer.of(mixer.name())
        .with("input_layernorm.weight", mixer.name() + "_norm", row)
        .with(mixer.there(), mixer.name() + ".", mixer.part())
        .with("post_attention_layernorm.weight", "ffn_norm", row)
        .with(ffn instanceof SharedExperts ? "" : "shared_mlp.", "ffn.", ffn);
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return MambaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = new DecoderConfig(sketch, silent(), false).json();
          guess.shape().putHybrid(json);
          json.set("time_step_limit", guess.limits().toJson());
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
            types.add(MambaGuess.isIn(sketch, layer) ? "linear_attention" : "full_attention");
          }
          json.remove(List.of("layers_block_type", "normalization_function", "init_method"));
          return json;
        });
  }
}
