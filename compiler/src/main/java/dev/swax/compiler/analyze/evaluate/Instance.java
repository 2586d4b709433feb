package dev.swax.compiler.analyze.evaluate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** A body at one use of it: its names with the definitions that hold there. */
public final class Instance {
  private final SequencedMap<String, Slot> slots = new LinkedHashMap<>();

  @Nullable Slot find(String name) {
    return slots.get(name);
  }

  SequencedSet<String> names() {
    return new LinkedHashSet<>(slots.keySet());
  }

  public Iterable<Slot> slots() {
    return slots.values();
  }

  void put(Slot slot) {
    slots.put(slot.name(), slot);
  }
}
