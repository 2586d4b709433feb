package dev.swax.hub.falconh1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.GatedFeedForward;
import dev.swax.hub.decoder.GroupedAttention;
import dev.swax.hub.decoder.Heads;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.layer.Words;
import dev.swax.hub.mamba.GatedNorm;
import dev.swax.hub.mamba.MambaGuess;
import dev.swax.hub.mamba.MambaMixer;
import dev.swax.hub.mamba.MambaShape;
import dev.swax.hub.mamba.StepLimits;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Falcon-H1 (TII, 2025): Mamba-2 and attention side by side in every layer, and a multiplier for
 * every projection. That of keys is in the scale of the scores, which comes to the same.
 */
public final class FalconH1 extends LayeredClass {
  @Override
  public String type() {
    return "falcon_h1";
  }

  @Override
  public String architecture() {
    return "FalconH1ForCausalLM";
  }

  @Override
  public String zoo() {
    return "falcon_h1_500m";
  }

  @Override
  protected ObjectNode silent() {
    return Config.object(
        """
        {"vocab_size": 128000, "hidden_size": 4096, "intermediate_size": 14336,
         "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "head_dim": null, "hidden_act": "silu", "rms_norm_eps": 1e-5,
         "tie_word_embeddings": false, "max_position_embeddings": 8192,
         "rope_theta": 10000.0, "rope_scaling": null, "rope_parameters": null,
         "attention_bias": false, "mlp_bias": false, "projectors_bias": false,
         "mamba_d_ssm": 1024, "mamba_n_heads": 128, "mamba_d_head": "auto",
         "mamba_n_groups": 1, "mamba_d_state": 256, "mamba_d_conv": 4, "mamba_expand": 2,
         "mamba_chunk_size": 256, "mamba_conv_bias": true, "mamba_proj_bias": false,
         "mamba_norm_before_gate": true, "mamba_rms_norm": false,
         "time_step_limit": [0.0, {"__float__": "Infinity"}], "num_logits_to_keep": 1,
         "lm_head_multiplier": 1.0, "embedding_multiplier": 1.0, "mlp_multipliers": null,
         "key_multiplier": 1.0, "attention_out_multiplier": 1.0,
         "attention_in_multiplier": 1.0, "ssm_multipliers": null, "ssm_in_multiplier": 1.0,
         "ssm_out_multiplier": 1.0, "mamba_use_mlp": true}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_act", "silu", "swish");
    config.require("mamba_use_mlp", "true");
    int width = config.size("hidden_size");
    Factors factors = Factors.of(config);
    var plain =
        new GatedFeedForward(
            width,
            config.size("intermediate_size"),
            "silu",
            config.flag("mlp_bias"),
            GatedFeedForward.Names.USUAL);
    return stack(
        name,
        config,
        memory(config, width),
        attention(config, width, written),
        ScaledFeedForward.of(plain, factors),
        block(factors));
  }

  private static MambaMixer memory(Config config, int width) {
    int inner =
        config.has("mamba_d_ssm")
            ? config.size("mamba_d_ssm")
            : config.size("mamba_expand") * width;
    GatedNorm.Kind kind =
        !config.flag("mamba_rms_norm")
            ? GatedNorm.Kind.NONE
            : config.flag("mamba_norm_before_gate")
                ? GatedNorm.Kind.NORM_FIRST
                : GatedNorm.Kind.GATE_FIRST;
    return new MambaMixer(
        MambaShape.ofHybrid(config, width, inner).withOutBias(config.flag("projectors_bias")),
        new GatedNorm(kind, "groups", config.number("rms_norm_eps")),
        StepLimits.of(config, "time_step_limit"),
        times(config));
  }

  private static List<Double> times(Config config) {
    if (!config.has("ssm_multipliers")) {
      return MambaMixer.ONCE;
    }
    List<Double> times = config.numbers("ssm_multipliers");
    if (times.size() != 5) {
      throw config.wrong("ssm_multipliers", "a list of five numbers");
    }
    return times;
  }

  private static GroupedAttention attention(Config config, int width, Pairs written) {
    Heads heads = Heads.of(config, width);
    double times = config.number("key_multiplier");
    double scale = times == 1 ? 0 : times / Math.sqrt(heads.head());
    return GroupedAttention.of(
        width,
        heads.plain(config.flag("attention_bias"), scale, written),
        new Norm(0, false, 0),
        new Kind("full", 0, Rope.of(config)),
        GroupedAttention.Names.USUAL);
  }

  private static String block(Factors factors) {
    return """
    /// Memory and attention of one normed input, then the feed-forward.
    block side_by_side(memory, full, ffn) {
      n = norm(x)
      h = x + %s + %s
      out = h + ffn(norm(h))
    }
    """
        .formatted(
            Words.times(
                factors.memoryOut(), "memory(" + Words.times(factors.memoryIn(), "n") + ")"),
            Words.times(factors.fullOut(), "full(" + Words.times(factors.fullIn(), "n") + ")"));
  }

  private static Stack stack(
      String name, Config config, Part memory, Part attention, Part ffn, String block) {
    int width = config.size("hidden_size");
    int blocks = config.size("num_hidden_layers");
    Ends ends = Ends.of(config, "model.final_layernorm.weight", 0);
    var text = new ModelText(name);
    text.size("width", width);
    text.size("blocks", blocks);
    List.of(memory, attention, ffn).forEach(part -> part.declare(text));
    text.declare(block);
    new Settings(
            config.number("rms_norm_eps"),
            ffn.value(),
            config.number("embedding_multiplier"),
            config.number("lm_head_multiplier"))
        .write(text, ends);
    text.let("memory", memory.value());
    text.let("full", attention.value());
    text.let("both", "side_by_side(memory, full, ffn)");
    Weights row = Weights.row(width, 0);
    Layer layer =
        Layer.of("both")
            .with("input_layernorm.weight", "norm", row)
            .with("mamba.", "memory.", memory)
            .with("self_attn.", "full.", attention)
            .with("pre_ff_layernorm.weight", "ffn_norm", row)
            .with("feed_forward.", "ffn.", ffn);
    return new Stack(text, ends, "model.layers.", Collections.nCopies(blocks, layer));
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    Optional<AttentionShape> shape = sketch.attention();
    return MambaGuess.of(sketch)
        .filter(_ -> shape.isPresent())
        .map(guess -> {
          ObjectNode json = guess.hybrid(sketch, silent());
          json.put("mamba_d_ssm", guess.shape().inner());
          json.put("projectors_bias", guess.shape().outBias());
          json.put("mamba_rms_norm", guess.norm() != GatedNorm.Kind.NONE);
          json.put("mamba_norm_before_gate", guess.norm() != GatedNorm.Kind.GATE_FIRST);
          Factors.of(sketch).put(json);
          ArrayNode times = json.putArray("ssm_multipliers");
          guess.times().forEach(times::add);
          double scale = shape.get().scale() * Math.sqrt(shape.get().headWidth());
          double rounded = Math.rint(scale * 1e12) / 1e12;
          json.put("key_multiplier", Math.abs(rounded - 1) < 1e-6 ? 1 : rounded);
          json.remove("mamba_use_mlp");
          return json;
        });
  }
}
