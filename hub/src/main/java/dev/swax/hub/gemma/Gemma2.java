package dev.swax.hub.gemma;

import dev.swax.hub.folder.Config;

/**
 * Gemma 2 (Gemma team, 2024): norms before and after both branches, scores and logits bounded by
 * tanh.
 */
public final class Gemma2 extends GemmaClass {
  @Override
  public String type() {
    return "gemma2";
  }

  @Override
  public String architecture() {
    return "Gemma2ForCausalLM";
  }

  @Override
  public String zoo() {
    return "gemma2_2b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 256000, "hidden_size": 2304, "intermediate_size": 9216,
     "num_hidden_layers": 26, "num_attention_heads": 8, "num_key_value_heads": 4,
     "head_dim": 256, "hidden_activation": "gelu_pytorch_tanh", "hidden_act": null,
     "rms_norm_eps": 1e-6, "tie_word_embeddings": true, "attention_bias": false,
     "query_pre_attn_scalar": 256, "sliding_window": 4096, "layer_types": null,
     "final_logit_softcapping": 30.0, "attn_logit_softcapping": 50.0,
     "use_bidirectional_attention": null}
    """;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return layer % 2 == 0;
  }
}
