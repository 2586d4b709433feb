package dev.swax.hub.qwen3next;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.delta.DeltaGuess;
import dev.swax.hub.delta.DeltaMixer;
import dev.swax.hub.delta.DeltaSizes;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Hybrid;
import dev.swax.hub.layer.Hybrid.Names;
import dev.swax.hub.layer.LayeredClass;
import dev.swax.hub.layer.Mixer;
import dev.swax.hub.layer.Settings;
import dev.swax.hub.layer.Stack;
import dev.swax.hub.layer.Stack.Ends;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Qwen3-Next (Alibaba, 2025): the gated delta rule, gated attention in one layer of four, and
 * experts with a shared one.
 */
public final class Qwen3Next extends LayeredClass {
  private static final Names NAMES =
      new Names("input_layernorm.weight", "post_attention_layernorm.weight", "mlp.");
  private static final String FULL = "full_attention";
  private static final String LINEAR = "linear_attention";

  @Override
  public String type() {
    return "qwen3_next";
  }

  @Override
  public String architecture() {
    return "Qwen3NextForCausalLM";
  }

  @Override
  public String zoo() {
    return "qwen3_next_80b";
  }

  @Override
  protected ObjectNode silent() {
    return written()
        .putNull("rope_scaling")
        .put("rope_theta", 10_000.0)
        .put("partial_rotary_factor", 0.25)
        .put("full_attention_interval", 4);
  }

  /** The keys that an export writes. */
  private static ObjectNode written() {
    return Config.object(
        """
        {"vocab_size": 151936, "hidden_size": 2048, "intermediate_size": 5632,
         "num_hidden_layers": 48, "num_attention_heads": 16, "num_key_value_heads": 2,
         "head_dim": 256, "hidden_act": "silu", "rms_norm_eps": 1e-6,
         "tie_word_embeddings": false, "rope_parameters": null, "attention_bias": false,
         "max_position_embeddings": 32768, "layer_types": null, "linear_conv_kernel_dim": 4,
         "linear_key_head_dim": 128, "linear_value_head_dim": 128, "linear_num_key_heads": 16,
         "linear_num_value_heads": 32, "decoder_sparse_step": 1, "mlp_only_layers": [],
         "moe_intermediate_size": 512, "shared_expert_intermediate_size": 512,
         "num_experts_per_tok": 10, "num_experts": 512, "norm_topk_prob": true}
        """);
  }

  @Override
  protected Stack stack(Config config, String name, Pairs written) {
    config.require("hidden_act", "silu", "swish");
    config.require("norm_topk_prob", "true");
    config.require("decoder_sparse_step", "1");
    if (!config.indices("mlp_only_layers").isEmpty()) {
      throw config.wrong("mlp_only_layers", "none: experts in all layers");
    }
    int width = config.size("hidden_size");
    double eps = config.number("rms_norm_eps");
    Ends ends = Ends.of(config, "model.norm.weight", 1);
    var ffn =
        new SharedExperts(
            width,
            config.size("num_experts"),
            config.size("num_experts_per_tok"),
            config.size("moe_intermediate_size"),
            config.size("shared_expert_intermediate_size"));
    var delta = new DeltaMixer(sizes(config, width), eps, false, true);
    GatedAttention full = attention(config, width, eps, written);
    var hybrid =
        new Hybrid(ends, "model.layers.", ffn)
            .kind(LINEAR, new Mixer("memory", "linear_attn.", delta), NAMES)
            .kind(FULL, new Mixer("full", "self_attn.", full), NAMES);
    return hybrid.stack(name, types(config, hybrid), Settings.of(eps, ffn.value()), _ -> {});
  }

  private static DeltaSizes sizes(Config config, int width) {
    return DeltaSizes.of(
        config,
        width,
        config.size("linear_num_key_heads"),
        config.size("linear_num_value_heads"),
        config.size("linear_key_head_dim"),
        config.size("linear_value_head_dim"));
  }

  private static GatedAttention attention(Config config, int width, double eps, Pairs written) {
    int heads = config.size("num_attention_heads");
    int keyHeads = config.size("num_key_value_heads", heads);
    if (heads % keyHeads != 0) {
      throw config.wrong("num_attention_heads", "a multiple of the %d of keys".formatted(keyHeads));
    }
    return new GatedAttention(
        width,
        heads,
        keyHeads,
        config.size("head_dim", width / heads),
        config.flag("attention_bias"),
        eps,
        Rope.of(config),
        written);
  }

  private static List<String> types(Config config, Hybrid hybrid) {
    int blocks = config.size("num_hidden_layers");
    if (config.has("layer_types")) {
      config.ignore("full_attention_interval");
      return hybrid.types(config, "layer_types", blocks);
    }
    int interval = config.size("full_attention_interval");
    List<String> types = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      types.add((i + 1) % interval == 0 ? FULL : LINEAR);
    }
    return types;
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return DeltaGuess.of(sketch)
        .flatMap(guess ->
            sketch
                .choice()
                .map(choice -> {
                  ObjectNode json = new DecoderConfig(sketch, written(), false).json();
                  guess.put(json, sketch);
                  json.put("num_experts", choice.experts());
                  json.put("num_experts_per_tok", choice.active());
                  json.put("moe_intermediate_size", sketch.expertHidden(choice));
                  json.put("shared_expert_intermediate_size", shared(sketch));
                  Rope.sayShare(json, sketch.rotation());
                  return json;
                }));
  }

  /** Channels of the last gate that is made of one projection. */
  private static int shared(Sketch sketch) {
    var walk = new Walk(sketch.model().layer(0).graph());
    return walk.graph().nodes().reversed().stream()
        .filter(node -> isGate(walk, node))
        .map(node -> node.type().columns())
        .findFirst()
        .orElse(1);
  }

  private static boolean isGate(Walk walk, Node node) {
    return node.op().equals(new Op.Unary(UnaryFunction.SILU))
        && walk.operand(node, 0).op() instanceof Op.MatMul;
  }
}
