package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.type.PartKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which parts the layers of one model are made of so far, for layers that read them. */
final class EarlierLayers {
  private final List<Value.Item> pattern;
  private final Map<Value, EarlierLayer.Found> last = new IdentityHashMap<>();
  private List<Made> current = new ArrayList<>();
  private int layer;
  private boolean read;

  /** A value and the part that it became in a layer. */
  record Made(Value value, Part part) {}

  /**
   * Of a model that has no layers yet.
   *
   * @param pattern the elements of {@code layers}
   */
  EarlierLayers(List<Value.Item> pattern) {
    this.pattern = pattern;
  }

  /** From here on parts are those of the next layer. */
  void begin() {
    current = new ArrayList<>();
    read = false;
  }

  /** The current layer has a part. */
  void add(Value value, Part part) {
    current.add(new Made(value, part));
  }

  /** The parts of the current layer. */
  List<Made> made() {
    return List.copyOf(current);
  }

  /** Whether the current layer has read another one. */
  boolean hasRead() {
    return read;
  }

  /** The layer is done: later ones may read its parts. */
  void end(Part block, List<Made> made) {
    for (Made one : made) {
      path(block, one.part(), "")
          .ifPresent(
              path -> last.put(one.value(), new EarlierLayer.Found(layer, path, one.part())));
    }
    layer++;
  }

  /** The layer could not be made. */
  void skip() {
    layer++;
  }

  /** What the names of a part's weights begin with. */
  @SuppressWarnings("ReferenceEquality") // equal parts stand in several places
  private static Optional<String> path(Part block, Part part, String prefix) {
    if (block == part) {
      return Optional.of(prefix);
    }
    return block.applied().stream()
        .map(apply -> path(apply.part(), part, below(prefix, apply)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static String below(String prefix, PartExpression.Apply apply) {
    return prefix.isEmpty() ? apply.parameter() : prefix + "." + apply.parameter();
  }

  /** The nearest layer before the current one that a value has made. */
  EarlierLayer nearest(Value value) {
    read = true;
    EarlierLayer.Found found = last.get(value);
    if (found != null) {
      return found;
    }
    int first = 0;
    while (first < pattern.size() && !holds(pattern.get(first).value(), value)) {
      first++;
    }
    return first < layer
        ? new EarlierLayer.Broken()
        : new EarlierLayer.Missing(layer, first < pattern.size() ? first : -1);
  }

  /** Whether an element is that value, or a block that applies it. */
  @SuppressWarnings("ReferenceEquality") // a value that is written twice is two
  private static boolean holds(Value element, Value wanted) {
    return element == wanted
        || (element instanceof Value.Part part
            && part.declaration().kind() == PartKind.BLOCK
            && part.arguments().values().stream().anyMatch(item -> holds(item.value(), wanted)));
  }
}
