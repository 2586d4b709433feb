package dev.swax.hub.bamba;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Bamba (IBM, Princeton, CMU and UIUC, 2024): Mamba-2 with a few layers of attention. */
public final class Bamba extends LayeredClass {
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
    double eps = config.number("rms_norm_eps");
    var ends =
        new Ends(
            config.size("vocab_size"),
            width,
            "model.embed_tokens.weight",
            "model.final_layernorm.weight",
            0,
            config.flag("tie_word_embeddings"));
    var memory =
        new MambaMixer(
            MambaShape.ofHybrid(config, width, config.size("mamba_expand") * width),
            new GatedNorm(GatedNorm.Kind.GATE_FIRST, "width", eps),
            StepLimits.of(config, "time_step_limit"),
            MambaMixer.ONCE);
    var ffn =
        new GatedFeedForward(
            width,
            config.size("intermediate_size"),
            "silu",
            config.flag("mlp_bias"),
            GatedFeedForward.Names.USUAL);
    return stack(
        name,
        config,
        ends,
        new Mixer("memory", "mamba.", memory),
        new Mixer("full", "self_attn.", attention(config, width, written)),
        ffn);
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

  private static Stack stack(
      String name, Config config, Ends ends, Mixer memory, Mixer attention, Part ffn) {
    List<Integer> full = config.indices("attn_layer_indices");
    int blocks = config.size("num_hidden_layers");
    List<Mixer> order =
        IntStream.range(0, blocks).mapToObj(i -> full.contains(i) ? attention : memory).toList();
    List<Mixer> kinds = order.stream().distinct().toList();
    var text = new ModelText(name);
    text.size("width", ends.width());
    text.size("blocks", blocks);
    kinds.forEach(mixer -> mixer.part().declare(text));
    ffn.declare(text);
    Settings.of(config.number("rms_norm_eps"), ffn.value()).write(text, ends);
    kinds.forEach(mixer -> mixer.let(text));
    List<Layer> layers = order.stream().map(mixer -> layer(mixer, ffn, ends.width())).toList();
    return new Stack(text, ends, "model.layers.", layers);
  }

  private static Layer layer(Mixer mixer, Part ffn, int width) {
    Weights row = Weights.row(width, 0);
    return Layer.of(mixer.name())
        .with("input_layernorm.weight", mixer.name() + "_norm", row)
        .with(mixer.there(), mixer.name() + ".", mixer.part())
        .with("pre_ff_layernorm.weight", "ffn_norm", row)
        .with("feed_forward.", "ffn.", ffn);
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return MambaGuess.of(sketch)
        .map(guess -> {
          ObjectNode json = new DecoderConfig(sketch, silent(), false).json();
          guess.shape().putHybrid(json);
          json.set("time_step_limit", guess.limits().toJson());
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
