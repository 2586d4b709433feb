package dev.swax.hub.cohere2;

import dev.swax.hub.decoder.Decoder.Ends;
import dev.swax.hub.decoder.Decoder.Kind;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.Decoder.Wiring;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.decoder.Rope;
import dev.swax.hub.folder.Config;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;

/**
 * Command R7B (Cohere, 2024): attention and feed-forward side by side; positions only where there
 * is a window.
 */
public final class Cohere2 extends DecoderClass {
  @Override
  public String type() {
    return "cohere2";
  }

  @Override
  public String architecture() {
    return "Cohere2ForCausalLM";
  }

  @Override
  public String zoo() {
    return "command_r7b";
  }

  @Override
  protected String defaults() {
    return """
    {"vocab_size": 256000, "hidden_size": 8192, "intermediate_size": 22528,
     "num_hidden_layers": 40, "num_attention_heads": 64, "num_key_value_heads": null,
     "hidden_act": "silu", "layer_norm_eps": 1e-5, "tie_word_embeddings": true,
     "logit_scale": 0.0625, "attention_bias": false, "sliding_window": 4096,
     "layer_types": null, "sliding_window_pattern": 4}
    """;
  }

  @Override
  public Pairs pairs() {
    return Pairs.INTERLEAVED;
  }

  @Override
  protected Wiring wiring() {
    return Wiring.PARALLEL;
  }

  @Override
  protected Norm norm(Config config) {
    return new Norm(config.number("layer_norm_eps"), true, 0);
  }

  @Override
  protected Ends ends(Config config) {
    return new Ends(config.flag("tie_word_embeddings"), 1, 1, config.number("logit_scale"), 0);
  }

  @Override
  protected boolean isWindowed(Config config, int layer) {
    return (layer + 1) % config.size("sliding_window_pattern") != 0;
  }

  @Override
  protected List<Kind> layers(Config config) {
    Rope rope = Rope.of(config);
    return types(config).stream()
        .map(type -> kind(config, type, type.equals("sliding_attention") ? rope : null))
        .toList();
  }
}
