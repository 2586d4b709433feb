package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a {@code with} replaces by name. */
final class Replacements {
  private Replacements() {}

  /** Whether each name stands there once; a second one is reported. */
  static boolean areOnce(Expression.With with, Diagnostics diagnostics) {
    SequencedMap<String, Span> names = new LinkedHashMap<>();
    boolean once = true;
    for (Expression.Replacement replacement : with.overrides()) {
      if (replacement.key() instanceof Expression.Name name) {
        Span first = names.putIfAbsent(name.text(), name.span());
        if (first != null) {
          once = false;
          diagnostics.report(
              new Diagnostic(
                  Code.DUPLICATE_NAME,
                  name.span(),
                  "`%s` is given twice".formatted(name.text()),
                  List.of(new Diagnostic.Note(first, "first here")),
                  null));
        }
      }
    }
    return once;
  }
}
