package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a walk over a file has found so far. */
final class Walk {
  private final int cursor;
  private final List<Occurrence> found = new ArrayList<>();
  private @Nullable Site site;

  /** {@code cursor}: offset of the name whose place is wanted; negative for none. */
  Walk(int cursor) {
    this.cursor = cursor;
  }

  List<Occurrence> found() {
    return found;
  }

  Optional<Site> site() {
    return Optional.ofNullable(site);
  }

  /** A name that is declared here. */
  void declares(Expression.Name name, Symbol symbol) {
    found.add(new Occurrence(span(name), symbol, true));
  }

  /** A name that means something declared elsewhere, or nothing. */
  void uses(Expression.Name name, @Nullable Entity entity) {
    if (entity != null) {
      found.add(new Occurrence(span(name), entity.symbol(), false));
    }
  }

  /** A name inside a text. */
  void uses(Span span, Entity entity) {
    found.add(new Occurrence(span, entity.symbol(), false));
  }

  /** Whether the place of this name is wanted; then what can be written there is kept. */
  boolean asks(Expression.Name name, Supplier<Site> here) {
    boolean asked = name.span().start() == cursor;
    if (asked) {
      site = here.get();
    }
    return asked;
  }

  /** Without the prime. */
  private static Span span(Expression.Name name) {
    Span whole = name.span();
    return new Span(whole.file(), whole.start(), whole.start() + name.text().length());
  }
}
