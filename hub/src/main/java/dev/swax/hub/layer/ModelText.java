package dev.swax.hub.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** The declarations of a model as a person writes them, from its cells to the model itself. */
public final class ModelText {
  private final String name;
  private final SequencedSet<String> declarations = new LinkedHashSet<>();
  private final SequencedMap<String, Integer> sizes = new LinkedHashMap<>();
  private final List<String> body = new ArrayList<>();

  /** Of a model with that name. */
  public ModelText(String name) {
    this.name = name;
  }

  /** A cell, a feed-forward, a norm or a block; what is there already is not said twice. */
  public void declare(String text) {
    declarations.add(text.stripTrailing());
  }

  /** A parameter of the model: {@code heads}, {@code window: Window}. */
  public void size(String parameter, int value) {
    Integer before = sizes.putIfAbsent(parameter, value);
    if (before != null && before != value) {
      throw new IllegalStateException("`%s` is %d and %d".formatted(parameter, before, value));
    }
  }

  /** A setting of the model: {@code norm = rmsnorm(eps: 1e-5)}. */
  public void set(String key, String value) {
    body.add(key + " = " + value);
  }

  /** The same, unless it is what the model has by itself. */
  public void set(String key, double value, double usual) {
    if (value != usual) {
      set(key, Words.number(value));
    }
  }

  /** A name for a value. */
  public void let(String called, String value) {
    body.add("let " + called + " = " + value);
  }

  /** The whole, with these layers. */
  String with(List<String> layers) {
    var out = new StringBuilder();
    declarations.forEach(text -> out.append(text).append("\n\n"));
    out.append("model ").append(name).append("(\n");
    sizes.forEach((size, value) -> out.append("  " + size + " = " + value + ",\n"));
    out.append(") {\n");
    body.forEach(line -> out.append("  ").append(line).append('\n'));
    out.append("  layers = ").append(Words.pattern(layers)).append('\n');
    return out.append("}\n").toString();
  }
}
