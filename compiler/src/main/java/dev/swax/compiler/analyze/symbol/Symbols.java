package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Module;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The names of one file. */
public final class Symbols {
  private final List<Occurrence> occurrences;

  private Symbols(List<Occurrence> occurrences) {
    this.occurrences =
        occurrences.stream()
            .sorted(Comparator.comparingInt((Occurrence o) -> o.span().start()))
            .toList();
  }

  /** The names of a file whose imports are in place. */
  public static Symbols of(Module module) {
    var walk = new FileWalk(module, -1);
    walk.walk();
    return new Symbols(walk.found());
  }

  /** What can be written where a name stands at {@code offset}; empty if none stands there. */
  public static Optional<Site> site(Module module, int offset) {
    var walk = new FileWalk(module, offset);
    walk.walk();
    return walk.site();
  }

  /** Every name that means something, in order. */
  public List<Occurrence> all() {
    return occurrences;
  }

  /** The name at a place, or ending there. */
  public Optional<Occurrence> find(int offset) {
    Optional<Occurrence> found = Optional.empty();
    for (Occurrence occurrence : occurrences) {
      if (occurrence.span().start() <= offset && offset <= occurrence.span().end()) {
        found = Optional.of(occurrence);
      }
    }
    return found;
  }

  /** Every place where a symbol is named. */
  public List<Occurrence> of(Symbol symbol) {
    return occurrences.stream().filter(occurrence -> occurrence.symbol().equals(symbol)).toList();
  }
}
