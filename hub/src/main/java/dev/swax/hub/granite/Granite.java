package dev.swax.hub.granite;

import dev.swax.hub.decoder.Decoder.Ends;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;

/** Granite 3 (IBM, 2024): the layer of Llama with four multipliers. */
public final class Granite extends DecoderClass {
  @Override
  public String type() {
    return "granite";
  }

  @Override
  public String architecture() {
    return "GraniteForCausalLM";
  }

  @Override
  public String zoo() {
    return "granite4_h_micro";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 11008,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": null,
     "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
     "attention_bias": false, "mlp_bias": false, "embedding_multiplier": 1.0,
     "logits_scaling": 1.0, "residual_multiplier": 1.0, "attention_multiplier": 1.0}
    """;
  }

  @Override
  protected double scale(Config config) {
    return config.number("attention_multiplier");
  }

  @Override
  protected Ends ends(Config config) {
    return new Ends(
        config.flag("tie_word_embeddings"),
        config.number("embedding_multiplier"),
        config.number("residual_multiplier"),
        1 / config.positive("logits_scaling"),
        0);
  }
}
