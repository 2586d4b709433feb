package dev.swax.hub.mamba2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Layer;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Weights;
import dev.swax.hub.mamba.GatedNorm;
import dev.swax.hub.mamba.MambaGuess;
import dev.swax.hub.mamba.MambaMixer;
import dev.swax.hub.mamba.MambaShape;
import dev.swax.hub.mamba.StepLimits;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.Collections;
import java.util.Optional;

/** Mamba-2 (Dao and Gu, 2024): layers of one memory, without feed-forwards. */
public final class Mamba2 extends LayeredClass {
  @Override
  public String type() {
    return "mamba2";
  }

  @Override
  public String architecture() {
    return "Mamba2ForCausalLM";
  }

  @Override
  public String zoo() {
    return "bamba_9b";
  }

  @Override
  protected ObjectNode silent() {
    return Config.object(
        """
        {"vocab_size": 32768, "hidden_size": 4096, "num_hidden_layers": 64, "num_heads": 128,
         "head_dim": 64, "state_size": 128, "expand": 2, "n_groups": 8, "conv_kernel": 4,
         "layer_norm_epsilon": 1e-5, "use_bias": false, "use_conv_bias": true,
         "hidden_act": "silu", "tie_word_embeddings": false,
         "time_step_limit": [0.0, {"__float__": "Infinity"}], "time_step_min": 0.001,
         "time_step_max": 0.1, "time_step_floor": 1e-4, "time_step_rank": "auto",
         "rescale_prenorm_residual": false, "residual_in_fp32": true, "chunk_size": 256}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_act", "silu", "swish");
    int width = config.size("hidden_size");
    var shape =
        new MambaShape(
            width,
            config.size("num_heads"),
            config.size("state_size"),
            config.size("head_dim"),
            config.size("n_groups"),
            config.size("conv_kernel"),
            config.flag("use_conv_bias"),
            config.flag("use_bias"),
            config.flag("use_bias"));
    shape.requireGroups(config);
    shape.requireExpanded(config, "expand");
    double eps = config.number("layer_norm_epsilon");
    var norm = new GatedNorm(GatedNorm.Kind.GATE_FIRST, "width", eps);
    var limits = StepLimits.of(config, "time_step_limit");
    var memory = new MambaMixer(shape, norm, limits, MambaMixer.ONCE);
    int blocks = config.size("num_hidden_layers");
    var ends =
        new Stack.Ends(
            config.size("vocab_size"),
            width,
            "backbone.embeddings.weight",
            "backbone.norm_f.weight",
            0,
            config.flag("tie_word_embeddings"));
    Layer layer =
        Layer.of("memory")
            .with("norm.weight", "memory_norm", Weights.row(width, 0))
            .with("mixer.", "memory.", memory);
    return new Stack(
        text(name, blocks, memory, ends, eps),
        ends,
        "backbone.layers.",
        Collections.nCopies(blocks, layer));
  }

  private static ModelText text(
      String name, int blocks, MambaMixer memory, Stack.Ends ends, double eps) {
    var text = new ModelText(name);
    text.size("width", ends.width());
    text.size("blocks", blocks);
    memory.declare(text);
    Settings.of(eps, "none").write(text, ends);
    text.let("memory", memory.value());
    return text;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return MambaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = new DecoderConfig(sketch, silent(), false).json();
          MambaShape shape = guess.shape();
          json.put("num_heads", shape.heads());
          json.put("state_size", shape.key());
          json.put("head_dim", shape.value());
          json.put("n_groups", shape.groups());
          json.put("conv_kernel", shape.conv());
          json.put("expand", shape.inner() / shape.width());
          json.put("use_conv_bias", shape.convBias());
          json.put("use_bias", shape.inBias());
          json.set("time_step_limit", guess.limits().toJson());
          return json;
        });
  }
}
