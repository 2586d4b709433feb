package dev.swax.hub.phi3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;
import dev.swax.hub.match.Sketch;
import java.util.List;
import java.util.Optional;

/**
 * Phi-3 (Abdin et al., 2024): a Llama whose queries, keys and values are one tensor, as gates and
 * ups are, with positions that LongRoPE stretches.
 */
public final class Phi3 extends DecoderClass {
  private static final List<String> OTHERS =
      List.of("attention_bias", "mlp_bias", "lm_head_bias", "full_attn_mod", "interpolate_factor");

  @Override
  public String type() {
    return "phi3";
  }

  @Override
  public String architecture() {
    return "Phi3ForCausalLM";
  }

  @Override
  public String zoo() {
    return "mistral_7b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 32064, "hidden_size": 3072, "intermediate_size": 8192,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": null,
     "hidden_act": "silu", "rms_norm_eps": 1e-5, "tie_word_embeddings": false,
     "sliding_window": null, "resid_pdrop": 0.0, "embd_pdrop": 0.0,
     "max_position_embeddings": 4096, "original_max_position_embeddings": 4096,
     "attention_bias": null, "mlp_bias": null, "lm_head_bias": null, "full_attn_mod": null,
     "interpolate_factor": null}
    """;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return config.has("sliding_window");
  }

  @Override
  protected boolean fused() {
    return true;
  }

  /** Published files have keys of another code, which the class does not look at. */
  @Override
  protected boolean bias(Config config) {
    OTHERS.forEach(key -> config.require(key, "false", "1"));
    return false;
  }

  @Override
  protected boolean outBias(Config config) {
    return false;
  }

  /** The published code derives the width of a head, and wants as many factors. */
  @Override
  public Optional<ObjectNode> config(Sketch sketch) {
    return super.config(sketch)
        .map(json -> {
          json.remove(OTHERS);
          int heads = json.path("num_attention_heads").asInt();
          if (json.path("head_dim").asInt() * heads == json.path("hidden_size").asInt()) {
            json.remove("head_dim");
          }
          return json;
        });
  }
}
