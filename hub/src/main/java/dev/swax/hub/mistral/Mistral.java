package dev.swax.hub.mistral;

import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;

/** Mistral (Jiang et al., 2023): the layer of Llama, with a window in every layer or in none. */
public final class Mistral extends DecoderClass {
  @Override
  public String type() {
    return "mistral";
  }

  @Override
  public String architecture() {
    return "MistralForCausalLM";
  }

  @Override
  public String zoo() {
    return "mistral_7b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 14336,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
     "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
     "sliding_window": 4096}
    """;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return true;
  }
}
