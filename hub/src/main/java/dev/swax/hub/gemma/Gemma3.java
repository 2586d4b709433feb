package dev.swax.hub.gemma;

import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.folder.Config;
import java.util.List;

/**
 * Gemma 3, its text model (Gemma team, 2025): norms of queries and keys, and two bases of
 * positions.
 */
public final class Gemma3 extends GemmaClass {
  @Override
  public String type() {
    return "gemma3_text";
  }

  @Override
  public String architecture() {
    return "Gemma3ForCausalLM";
  }

  @Override
  public String zoo() {
    return "gemma3_1b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 262208, "hidden_size": 2304, "intermediate_size": 9216,
     "num_hidden_layers": 26, "num_attention_heads": 8, "num_key_value_heads": 4,
     "head_dim": 256, "hidden_activation": "gelu_pytorch_tanh", "hidden_act": null,
     "rms_norm_eps": 1e-6, "tie_word_embeddings": true, "attention_bias": false,
     "query_pre_attn_scalar": 256, "sliding_window": 4096, "layer_types": null,
     "final_logit_softcapping": null, "attn_logit_softcapping": null,
     "use_bidirectional_attention": null,
     "sliding_window_pattern": 6, "rope_theta": 1000000.0, "rope_local_base_freq": 10000.0}
    """;
  }

  @Override
  protected QueryNorm queryNorm() {
    return QueryNorm.HEAD;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return (layer + 1) % config.size("sliding_window_pattern") != 0;
  }

  @Override
  protected List<Kind> layers(Config config) {
    return layersByType(config, config.number("rope_local_base_freq"));
  }

  @Override
  protected boolean hasRopesByType() {
    return true;
  }
}
