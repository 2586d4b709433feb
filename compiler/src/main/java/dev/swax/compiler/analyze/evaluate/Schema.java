package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.Declaration;
import java.util.List;
import java.util.Optional;

/** A closed set of keys: what a body or a call may say. */
public record Schema(String construct, List<Key> keys) {
  public Schema {
    keys = List.copyOf(keys);
  }

  static Schema of(String construct, Key... keys) {
    return new Schema(construct, List.of(keys));
  }

  public Optional<Key> find(String name) {
    return keys.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** What it states for a key that is not written. */
  Optional<Value> otherwise(String key) {
    return find(key).flatMap(Key::otherwise);
  }

  /** Whether a body has an unknown key that most likely means this one. */
  public boolean isMisspelt(String key, Declaration.Body body) {
    return body.entries().stream()
        .filter(entry -> !entry.let())
        .map(entry -> entry.key().text())
        .filter(name -> find(name).isEmpty())
        .anyMatch(name -> DidYouMean.nearest(name, names()).filter(key::equals).isPresent());
  }

  public List<String> names() {
    return keys.stream().map(Key::name).toList();
  }
}
