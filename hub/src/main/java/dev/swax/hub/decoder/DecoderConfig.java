package dev.swax.hub.decoder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.List;

/**
 * A config.json of a model: its numbers under those keys that a class has. What a class has not, it
 * does not compute; the comparison finds that.
 */
public final class DecoderConfig {
  private final Sketch sketch;
  private final ObjectNode json;
  private final boolean byType;

  /**
   * @param json all keys of the class that are written; they become the numbers of the model
   * @param byType whether positions are said for each type of layers
   */
  public DecoderConfig(Sketch sketch, ObjectNode json, boolean byType) {
    this.sketch = sketch;
    this.json = json;
    this.byType = byType;
  }

  public ObjectNode json() {
    var architecture = sketch.model().architecture();
    put("vocab_size", architecture.vocabulary());
    put("hidden_size", architecture.width());
    put("intermediate_size", sketch.hidden());
    put("num_hidden_layers", sketch.layers());
    put("tie_word_embeddings", sketch.options().tied());
    json.remove(List.of("rope_theta", "rope_local_base_freq", "sliding_window_pattern"));
    put("rms_norm_eps", sketch.eps());
    put("layer_norm_eps", sketch.eps());
    put("layer_norm_epsilon", sketch.eps());
    put("mlp_bias", sketch.ffnBias());
    put("embedding_multiplier", sketch.options().embeddingScale());
    put("residual_multiplier", sketch.residual());
    put("logits_scaling", 1 / sketch.options().logitScale());
    put("lm_head_multiplier", sketch.options().logitScale());
    put("logit_scale", sketch.options().logitScale());
    sketch.attention().ifPresent(this::attention);
    activation();
    layers();
    ropes();
    for (String key : List.of("hidden_act", "head_dim", "rope_parameters", "rope_scaling")) {
      if (json.path(key).isNull()) {
        json.remove(key);
      }
    }
    return json;
  }

  private void attention(AttentionShape shape) {
    put("num_attention_heads", shape.heads());
    put("num_key_value_heads", shape.keyHeads());
    put("head_dim", shape.headWidth());
    put("attention_bias", sketch.queryBias());
    put("query_pre_attn_scalar", inverseSquare(shape.scale()));
    put("attention_multiplier", shape.scale());
    caps(shape);
  }

  private void put(String key, int value) {
    if (json.has(key)) {
      json.put(key, value);
    }
  }

  private void put(String key, double value) {
    if (!json.has(key)) {
      return;
    }
    double rounded = Math.rint(value * 1e6) / 1e6;
    boolean close = Math.abs(rounded - value) < 1e-12 * Math.abs(value);
    double number = close ? rounded : value;
    if (number == Math.rint(number) && key.equals("query_pre_attn_scalar")) {
      json.put(key, (long) number);
    } else {
      json.put(key, number);
    }
  }

  private void put(String key, boolean value) {
    if (json.has(key)) {
      json.put(key, value);
    }
  }

  private static double inverseSquare(double scale) {
    double value = 1 / (scale * scale);
    double whole = Math.rint(value);
    return Math.abs(value - whole) < 1e-9 * whole ? whole : value;
  }

  private void caps(AttentionShape shape) {
    if (json.has("attn_logit_softcapping")) {
      json.put("attn_logit_softcapping", shape.cap() == 0 ? null : (Double) shape.cap());
      double cap = sketch.options().logitCap();
      json.put("final_logit_softcapping", cap == 0 ? null : (Double) cap);
    }
  }

  private void activation() {
    String name =
        sketch.gate().orElse(UnaryFunction.SILU) == UnaryFunction.SILU
            ? "silu"
            : "gelu_pytorch_tanh";
    String key = json.has("hidden_activation") ? "hidden_activation" : "hidden_act";
    if (json.has(key)) {
      json.put(key, name);
    }
  }

  private void layers() {
    int window = 0;
    ArrayNode types = json.arrayNode();
    ArrayNode turned = json.arrayNode();
    for (int layer = 0; layer < sketch.layers(); layer++) {
      window = Math.max(window, sketch.window(layer));
      types.add(sketch.window(layer) > 0 ? "sliding_attention" : "full_attention");
      turned.add(sketch.rotation(layer).isPresent() ? 1 : 0);
    }
    if (json.has("layer_types")) {
      json.set("layer_types", types);
    }
    if (json.has("no_rope_layers")) {
      json.set("no_rope_layers", turned);
    }
    if (json.has("use_sliding_window")) {
      json.put("use_sliding_window", window > 0);
    }
    if (json.has("sliding_window")) {
      json.put("sliding_window", window == 0 ? null : (Integer) window);
    }
  }

  private void ropes() {
    if (!json.has("rope_parameters")) {
      return;
    }
    ObjectNode types = json.objectNode();
    for (int layer = 0; layer < sketch.layers(); layer++) {
      String type = sketch.window(layer) > 0 ? "sliding_attention" : "full_attention";
      sketch
          .rotation(layer)
          .map(DecoderConfig::rope)
          .ifPresent(rope -> types.set(type, rope.toJson()));
    }
    if (byType) {
      json.set("rope_parameters", types);
      return;
    }
    sketch
        .rotation()
        .map(DecoderConfig::rope)
        .ifPresent(rope -> json.set("rope_parameters", rope.toJson()));
  }

  private static Rope rope(Rotation rotation) {
    double share = (double) rotation.columns() / rotation.headWidth();
    return new Rope(rotation.base(), share, rotation.scaling());
  }
}
