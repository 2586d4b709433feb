package dev.swax.hub.gptoss;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Part;
import dev.swax.hub.match.Sketch;
import java.util.Optional;

/** gpt-oss (OpenAI, 2025): experts, sinks, biases, and a window in every other layer. */
public final class GptOss extends DecoderClass {
  @Override
  public String type() {
    return "gpt_oss";
  }

  @Override
  public String architecture() {
    return "GptOssForCausalLM";
  }

  @Override
  public String zoo() {
    return "gpt_oss_20b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 201088, "hidden_size": 2880, "intermediate_size": 2880,
     "num_hidden_layers": 36, "num_attention_heads": 64, "num_key_value_heads": 8,
     "head_dim": 64, "hidden_act": "silu", "rms_norm_eps": 1e-5, "tie_word_embeddings": false,
     "rope_theta": 150000.0, "attention_bias": true, "sliding_window": 128,
     "layer_types": null, "num_local_experts": 128, "num_experts_per_tok": 4,
     "swiglu_limit": 7.0,
     "rope_parameters": {"rope_type": "yarn", "rope_theta": 150000.0, "factor": 32.0,
       "beta_fast": 32.0, "beta_slow": 1.0, "truncate": false,
       "original_max_position_embeddings": 4096}}
    """;
  }

  @Override
  protected boolean sinks() {
    return true;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return layer % 2 == 0;
  }

  /** The activation and its bounds are in the published code. */
  @Override
  protected Part ffn(Config config) {
    config.require("swiglu_limit", "7.0", "7");
    return new BoundedExperts(
        config.size("hidden_size"),
        config.size("intermediate_size"),
        config.size("num_local_experts"),
        config.size("num_experts_per_tok"));
  }

  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    Optional<ObjectNode> config = super.config(sketch);
    sketch
        .choice()
        .ifPresent(choice ->
            config.ifPresent(json -> {
              json.put("num_local_experts", choice.experts());
              json.put("num_experts_per_tok", choice.active());
              json.put("intermediate_size", sketch.expertHidden(choice));
            }));
    return config;
  }
}
