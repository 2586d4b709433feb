package dev.swax.hub.smollm3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.folder.Config;
import java.util.ArrayList;
import java.util.List;

/** SmolLM3 (Bakouch et al., 2025): some layers have no positions. */
public final class SmolLm3 extends DecoderClass {
  @Override
  public String type() {
    return "smollm3";
  }

  @Override
  public String architecture() {
    return "SmolLM3ForCausalLM";
  }

  @Override
  public String zoo() {
    return "smollm3_3b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 128256, "hidden_size": 2048, "intermediate_size": 11008,
     "num_hidden_layers": 36, "num_attention_heads": 16, "num_key_value_heads": 4,
     "hidden_act": "silu", "rms_norm_eps": 1e-6, "tie_word_embeddings": true,
     "rope_theta": 2000000.0, "use_sliding_window": false, "sliding_window": null,
     "no_rope_layers": null, "no_rope_layer_interval": 4, "layer_types": null,
     "attention_bias": false, "mlp_bias": false}
    """;
  }

  @Override
  protected List<Kind> layers(Config config) {
    Rope rope = Rope.of(config);
    List<String> types = types(config);
    List<Kind> layers = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      layers.add(kind(config, types.get(i), isTurned(config, i, types.size()) ? rope : null));
    }
    return layers;
  }

  private static boolean isTurned(Config config, int layer, int layers) {
    if (config.has("no_rope_layers")) {
      JsonNode turned = config.each("no_rope_layers", layers).get(layer);
      return turned.asInt() != 0;
    }
    return (layer + 1) % config.size("no_rope_layer_interval") != 0;
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return !isTurned(config, layer, config.size("num_hidden_layers"));
  }
}
