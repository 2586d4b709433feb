package dev.swax.hub.llama;

import dev.swax.hub.decoder.DecoderClass;

/** Llama (Touvron et al., 2023; versions 1 to 3.3), and the many models that have its layer. */
public final class Llama extends DecoderClass {
  @Override
  public String type() {
    return "llama";
  }

  @Override
  public String architecture() {
    return "LlamaForCausalLM";
  }

  @Override
  public String zoo() {
    return "mistral_7b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 11008,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": null,
     "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
     "attention_bias": false, "mlp_bias": false}
    """;
  }
}
