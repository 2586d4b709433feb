package dev.swax.compiler.interpret;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/** What layers let later layers read, and the gradients that come back from there. */
final class LayerReads {
  private final LoweredModel model;
  private final Map<Source, Matrix> values = new LinkedHashMap<>();
  private final Map<Source, Matrix> gradients = new LinkedHashMap<>();

  LayerReads(LoweredModel model, Matrix embedding) {
    this.model = model;
    add(new Source.Embedding(), embedding);
  }

  /** After a layer has run. */
  void add(int layer, Map<String, Matrix> results) {
    for (String name : model.layer(layer).exports().keySet()) {
      add(new Source.Export(layer, name), get(results, Wire.EXPORT + name));
    }
  }

  private void add(Source source, Matrix value) {
    values.put(source, value);
    gradients.put(source, Matrix.zeros(value.rows(), value.columns()));
  }

  /** What a layer reads. */
  Bindings bind(int layer, Bindings bindings) {
    model
        .layer(layer)
        .reads()
        .forEach(
            (name, _) -> bindings.value(Wire.READ + name, get(values, model.source(layer, name))));
    return bindings;
  }

  /** The gradients of a layer's exports, and of what it reads as far as they are known. */
  Bindings bindGradients(int layer, Bindings bindings) {
    for (String name : model.layer(layer).exports().keySet()) {
      bindings.value(Gradient.EXPORT + name, get(gradients, new Source.Export(layer, name)));
    }
    for (String name : model.layer(layer).reads().keySet()) {
      bindings.value(Wire.SO_FAR + name, get(gradients, model.source(layer, name)));
    }
    return bindings;
  }

  /** The gradient of the embedding, where a layer reads it. */
  Bindings bindEmbedding(Bindings bindings) {
    return bindings.value(
        Gradient.EXPORT + LoweredModel.EMBEDDING, get(gradients, new Source.Embedding()));
  }

  /** After the backward pass of a layer. */
  void addGradients(int layer, Map<String, Matrix> results) {
    for (String name : model.layer(layer).reads().keySet()) {
      Matrix gradient = results.get(Gradient.READ + name);
      if (gradient != null) {
        gradients.put(model.source(layer, name), gradient);
      }
    }
  }

  private static <K, V> V get(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("no " + key + " in " + map.keySet());
    }
    return value;
  }
}
