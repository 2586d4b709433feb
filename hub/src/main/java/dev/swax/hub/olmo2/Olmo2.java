package dev.swax.hub.olmo2;

import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.decoder.Decoder.Wiring;
import dev.swax.hub.decoder.DecoderClass;

/**
 * OLMo 2 (OLMo team, 2024): norms after attention and feed-forward, and over all heads of queries
 * and keys.
 */
public final class Olmo2 extends DecoderClass {
  @Override
  public String type() {
    return "olmo2";
  }

  @Override
  public String architecture() {
    return "Olmo2ForCausalLM";
  }

  @Override
  public String zoo() {
    return "olmo2_7b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 50304, "hidden_size": 4096, "intermediate_size": 11008,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": null,
     "hidden_act": "silu", "rms_norm_eps": 1e-5, "tie_word_embeddings": false,
     "attention_bias": false}
    """;
  }

  @Override
  protected Wiring wiring() {
    return Wiring.AFTER;
  }

  @Override
  protected QueryNorm queryNorm() {
    return QueryNorm.WIDTH;
  }
}
