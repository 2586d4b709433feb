package dev.swax.compiler.ir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the values of one graph live in another that is being built from it. */
public final class Renaming {
  private final Map<ValueId, ValueId> moved = new LinkedHashMap<>();

  public void put(ValueId from, ValueId to) {
    moved.put(from, to);
  }

  public boolean has(ValueId from) {
    return moved.containsKey(from);
  }

  /**
   * @throws IllegalStateException if the value was not moved
   */
  public ValueId of(ValueId from) {
    ValueId to = moved.get(from);
    if (to == null) {
      throw new IllegalStateException(from + " was not moved");
    }
    return to;
  }

  public List<ValueId> of(List<ValueId> from) {
    return from.stream().map(this::of).toList();
  }
}
