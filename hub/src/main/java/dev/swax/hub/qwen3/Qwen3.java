package dev.swax.hub.qwen3;

import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;

/** Qwen 3 (Yang et al., 2025): queries and keys have norms in each head. */
public final class Qwen3 extends DecoderClass {
  @Override
  public String type() {
    return "qwen3";
  }

  @Override
  public String architecture() {
    return "Qwen3ForCausalLM";
  }

  @Override
  public String zoo() {
    return "qwen3_0p6b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 151936, "hidden_size": 4096, "intermediate_size": 22016,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 32,
     "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
     "use_sliding_window": false, "sliding_window": 4096, "max_window_layers": 28,
     "layer_types": null,
     "head_dim": 128, "attention_bias": false}
    """;
  }

  @Override
  protected QueryNorm queryNorm() {
    return QueryNorm.HEAD;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return layer >= config.size("max_window_layers");
  }
}
