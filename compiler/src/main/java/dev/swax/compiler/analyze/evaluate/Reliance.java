package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.syntax.Declaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a value rests on: assumptions of the file, and what is set from outside it. What it rests on
 * through other values is shared with them, not copied.
 */
public final class Reliance {
  static final Reliance NONE = new Reliance(null, List.of(), List.of());

  private final @Nullable Assumption assumption;
  private final List<Reliance> parts;
  private final List<Declaration.Setting> settings;

  private Reliance(
      @Nullable Assumption assumption, List<Reliance> parts, List<Declaration.Setting> settings) {
    this.assumption = assumption;
    this.parts = List.copyOf(parts);
    this.settings = List.copyOf(settings);
  }

  public static Reliance on(Assumption assumption) {
    return new Reliance(assumption, List.of(), List.of());
  }

  public static Reliance on(List<Declaration.Setting> settings) {
    return settings.isEmpty() ? NONE : new Reliance(null, List.of(), settings);
  }

  /** Everything seen while one value was worked out. */
  public static Reliance on(Seen seen) {
    return seen.parts.size() == 1 && seen.settings.isEmpty()
        ? seen.parts.getFirst()
        : new Reliance(null, List.copyOf(seen.parts), List.copyOf(seen.settings));
  }

  public List<Declaration.Setting> settings() {
    return settings;
  }

  /** The assumptions, each once, in the order in which they were met. */
  List<Assumption> assumptions() {
    SequencedSet<Assumption> found = new LinkedHashSet<>();
    SequencedSet<Reliance> visited = new LinkedHashSet<>();
    Deque<Reliance> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Reliance next = open.pop();
      if (visited.add(next)) {
        if (next.assumption != null) {
          found.add(next.assumption);
        }
        next.parts.reversed().forEach(open::push);
      }
    }
    return new ArrayList<>(found);
  }

  /** What one value has been found to rest on so far. */
  static final class Seen {
    private final SequencedSet<Reliance> parts = new LinkedHashSet<>();
    private final SequencedSet<Declaration.Setting> settings = new LinkedHashSet<>();

    void add(Reliance reliance) {
      if (reliance.assumption != null || !reliance.parts.isEmpty()) {
        parts.add(reliance);
      }
      settings.addAll(reliance.settings);
    }
  }
}
