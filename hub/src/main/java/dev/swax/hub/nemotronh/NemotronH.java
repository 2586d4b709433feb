package dev.swax.hub.nemotronh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.decoder.GroupedAttention;
import dev.swax.hub.decoder.Heads;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
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
 * Nemotron-H (NVIDIA, 2025): Mamba-2, attention without positions, feed-forwards and experts, each
 * a layer of its own.
 */
public final class NemotronH extends LayeredClass {
  /** A layer's kind under its name and its letter in config.json. */
  private enum Type {
    MEMORY("linear_attention", "mamba", 'M'),
    FULL("full_attention", "attention", '*'),
    FFN("mlp", "mlp", '-'),
    EXPERTS("moe", "moe", 'E');

    private final String word;
    private final String older;
    private final char letter;

    Type(String word, String older, char letter) {
      this.word = word;
      this.older = older;
      this.letter = letter;
    }
  }

  @Override
  public String type() {
    return "nemotron_h";
  }

  @Override
  public String architecture() {
    return "NemotronHForCausalLM";
  }

  @Override
  public String zoo() {
    return "nemotron_h_8b";
  }

  @Override
  protected ObjectNode silent() {
    return Config.object(
        """
        {"vocab_size": 131072, "hidden_size": 4096, "intermediate_size": 21504,
         "num_hidden_layers": null, "layers_block_type": null, "hybrid_override_pattern": null,
         "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
         "attention_bias": false, "sliding_window": null, "mlp_hidden_act": "relu2",
         "mlp_bias": false, "tie_word_embeddings": false, "max_position_embeddings": 4096,
         "ssm_state_size": 128, "mamba_num_heads": 128, "mamba_head_dim": 64,
         "mamba_hidden_act": "silu", "n_groups": 8, "conv_kernel": 4, "expand": 2,
         "use_conv_bias": true, "use_bias": false, "mamba_proj_bias": false,
         "layer_norm_epsilon": 1e-5, "time_step_min": 0.001, "time_step_max": 0.1,
         "time_step_floor": 1e-4, "time_step_limit": null, "chunk_size": 128,
         "mamba_ssm_cache_dtype": "float32", "use_mamba_kernels": true,
         "n_routed_experts": 8, "n_shared_experts": 1, "moe_intermediate_size": 7688,
         "moe_shared_expert_intermediate_size": 7688, "moe_latent_size": null,
         "moe_shared_expert_overlap": true, "num_experts_per_tok": 2,
         "routed_scaling_factor": 1.0, "n_group": 1, "topk_group": 1, "norm_topk_prob": true,
         "num_nextn_predict_layers": 0, "mtp_layers_block_type": null, "num_logits_to_keep": 1,
         "residual_in_fp32": false, "hidden_dropout": 0.0, "rescale_prenorm_residual": true,
         "rms_norm_eps": null}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("mamba_hidden_act", "silu");
    config.require("mlp_hidden_act", "relu2");
    config.require("attention_bias", "false");
    config.require("mamba_proj_bias", "false");
    config.require("tie_word_embeddings", "false");
    config.require("num_nextn_predict_layers", "0");
    config.require("mamba_ssm_cache_dtype", "float32");
    for (String key : List.of("sliding_window", "moe_latent_size")) {
      if (config.has(key)) {
        throw config.wrong(key, "none");
      }
    }
    int width = config.size("hidden_size");
    var ends =
        new Ends(
            config.size("vocab_size"),
            width,
            "backbone.embeddings.weight",
            "backbone.norm_f.weight",
            0,
            false);
    return stack(name, config, ends, order(config), written);
  }

  private static List<Type> order(Config config) {
    List<Type> order = new ArrayList<>();
    if (config.has("layers_block_type")) {
      for (JsonNode word : config.all("layers_block_type")) {
        order.add(type(config, word));
      }
    } else if (config.has("hybrid_override_pattern")) {
      String pattern = config.word("hybrid_override_pattern");
      for (char letter : pattern.toCharArray()) {
        order.add(type(config, letter));
      }
    } else {
      order.addAll(List.of(Type.MEMORY, Type.EXPERTS, Type.FULL, Type.FFN));
    }
    if (config.size("num_hidden_layers", order.size()) != order.size()) {
      throw config.wrong(
          "num_hidden_layers", "%d, as there are kinds of layers,".formatted(order.size()));
    }
    return order;
  }

  private static Type type(Config config, JsonNode word) {
    for (Type type : Type.values()) {
      if (word.asText().equals(type.word) || word.asText().equals(type.older)) {
        return type;
      }
    }
    throw config.wrong("layers_block_type", word, "linear_attention, full_attention, mlp or moe");
  }

  private static Type type(Config config, char letter) {
    for (Type type : Type.values()) {
      if (letter == type.letter) {
        return type;
      }
    }
    throw config.wrong("hybrid_override_pattern", "a text of M, *, - and E");
  }

  private static Stack stack(
      String name, Config config, Ends ends, List<Type> order, Pairs written) {
    var text = new ModelText(name);
    text.size("width", ends.width());
    List<Type> kinds = order.stream().distinct().toList();
    List<Part> parts =
        kinds.stream().map(type -> part(type, config, ends.width(), written)).toList();
    parts.forEach(part -> part.declare(text));
    Settings.of(config.number("layer_norm_epsilon"), "none").write(text, ends);
    for (int i = 0; i < kinds.size(); i++) {
      let(text, kinds.get(i), parts.get(i));
    }
    List<Layer> layers =
        order.stream()
            .map(type -> layer(type, parts.get(kinds.indexOf(type)), ends.width()))
            .toList();
    return new Stack(text, ends, "backbone.layers.", layers);
  }

  private static void let(ModelText text, Type type, Part part) {
    switch (type) {
      case MEMORY -> text.let("memory", part.value());
      case FULL -> text.let("full", part.value());
      case FFN -> text.let("mlp", "ffn_only(" + part.value() + ")");
      case EXPERTS -> text.let("experts", "ffn_only(" + part.value() + ")");
    }
  }

  private static Layer layer(Type type, Part part, int width) {
    String here =
        switch (type) {
          case MEMORY -> "memory";
          case FULL -> "full";
          case FFN, EXPERTS -> "ffn";
        };
    String name = type == Type.FFN ? "mlp" : type == Type.EXPERTS ? "experts" : here;
    return Layer.of(name)
        .with("norm.weight", here + "_norm", Weights.row(width, 0))
        .with("mixer.", here + ".", part);
  }

  private static Part part(Type type, Config config, int width, Pairs written) {
    return switch (type) {
      case MEMORY -> memory(config, width);
      case FULL ->
          GroupedAttention.of(
              width,
              Heads.of(config, width).plain(false, 0, written),
              new Norm(0, false, 0),
              new Kind("full", 0, null),
              GroupedAttention.Names.USUAL);
      case FFN ->
          new SquaredFeedForward(
              width, config.size("intermediate_size"), "hidden", config.flag("mlp_bias"));
      case EXPERTS -> experts(config, width);
    };
  }

  /** The published code keeps steps above {@code time_step_min}, whatever else a file says. */
  private static MambaMixer memory(Config config, int width) {
    boolean bias = config.flag("use_bias");
    var shape =
        new MambaShape(
            width,
            config.size("mamba_num_heads"),
            config.size("ssm_state_size"),
            config.size("mamba_head_dim"),
            config.size("n_groups"),
            config.size("conv_kernel"),
            config.flag("use_conv_bias"),
            bias,
            bias);
    shape.requireGroups(config);
    return new MambaMixer(
        shape,
        new GatedNorm(GatedNorm.Kind.GATE_FIRST, "groups", config.number("layer_norm_epsilon")),
        new StepLimits(config.number("time_step_min"), StepLimits.NONE.most()),
        MambaMixer.ONCE);
  }

  private static SquaredExperts experts(Config config, int width) {
    if (config.flag("mlp_bias")) {
      throw config.wrong("mlp_bias", "false beside experts");
    }
    ChoiceShape choice = choice(config);
    int shared = config.size("moe_shared_expert_intermediate_size");
    return new SquaredExperts(
        choice,
        new SquaredFeedForward(width, config.size("moe_intermediate_size"), "expert", false),
        new SquaredFeedForward(width, shared, "shared", false),
        config.flag("norm_topk_prob"),
        config.number("routed_scaling_factor"));
  }

  private static ChoiceShape choice(Config config) {
    int experts = config.size("n_routed_experts");
    int active = config.size("num_experts_per_tok");
    int groups = config.size("n_group");
    int activeGroups = config.size("topk_group");
    if (experts % groups != 0) {
      throw config.wrong("n_group", "a divisor of the %d experts".formatted(experts));
    }
    if (activeGroups > groups) {
      throw config.wrong("topk_group", "at most `n_group`, which is %d,".formatted(groups));
    }
    int there = activeGroups * (experts / groups);
    if (active > there) {
      throw config.wrong(
          "num_experts_per_tok", "at most the %d experts of these groups".formatted(there));
    }
    return new ChoiceShape(experts, active, groups, activeGroups);
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return MambaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = new DecoderConfig(sketch, silent(), false).json();
          put(json, guess);
          new FeedForwards(sketch).put(json);
          ArrayNode types = json.putArray("layers_block_type");
          for (int layer = 0; layer < sketch.layers(); layer++) {
            types.add(typeOf(sketch, layer).word);
          }
          json.remove(
              List.of(
                  "num_hidden_layers",
                  "hybrid_override_pattern",
                  "time_step_limit",
                  "rms_norm_eps"));
          return json;
        });
  }

  private static void put(ObjectNode json, MambaGuess guess) {
    MambaShape shape = guess.shape();
    json.put("mamba_num_heads", shape.heads());
    json.put("ssm_state_size", shape.key());
    json.put("mamba_head_dim", shape.value());
    json.put("n_groups", shape.groups());
    json.put("conv_kernel", shape.conv());
    json.put("use_conv_bias", shape.convBias());
    json.put("use_bias", shape.inBias());
    json.put("time_step_min", guess.limits().least());
  }

  private static Type typeOf(Sketch sketch, int layer) {
    if (MambaGuess.isIn(sketch, layer)) {
      return Type.MEMORY;
    }
    if (sketch.attention(layer).isPresent()) {
      return Type.FULL;
    }
    return sketch.choice(layer).isPresent() ? Type.EXPERTS : Type.FFN;
  }
}
