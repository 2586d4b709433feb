package dev.swax.hub.olmo3;

import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.QueryNorm;
import dev.swax.hub.decoder.Decoder.Wiring;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;
import java.util.List;

/** OLMo 3 (OLMo team, 2025): the layer of OLMo 2, with a window in three layers of four. */
public final class Olmo3 extends DecoderClass {
  @Override
  public String type() {
    return "olmo3";
  }

  @Override
  public String architecture() {
    return "Olmo3ForCausalLM";
  }

  @Override
  public String zoo() {
    return "olmo3_7b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 50304, "hidden_size": 4096, "intermediate_size": 11008,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": null,
     "hidden_act": "silu", "rms_norm_eps": 1e-5, "tie_word_embeddings": false,
     "attention_bias": false,
     "rope_theta": 500000.0, "sliding_window": 4096, "layer_types": null}
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

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return (layer + 1) % 4 != 0;
  }

  @Override
  protected List<Kind> layers(Config config) {
    return layersByType(config, config.number("rope_theta"));
  }

  @Override
  protected boolean hasRopesByType() {
    return true;
  }
}
