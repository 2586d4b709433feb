package dev.swax.compiler.analyze;

import java.util.List;
import java.util.Optional;

/** A closed set of keys: what a body or a call may say. */
record Schema(String construct, List<Key> keys) {
  Schema {
    keys = List.copyOf(keys);
  }

  static Schema of(String construct, Key... keys) {
    return new Schema(construct, List.of(keys));
  }

  Optional<Key> find(String name) {
    return keys.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }
}
