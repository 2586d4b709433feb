package dev.swax.lsp;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault and the declaration that it stands in.
 *
 * @param text of the declaration; null where it stands in none of this file
 * @param into characters from the beginning of the declaration to that of the fault
 */
record Anchored(Diagnostic fault, @Nullable String text, int into) {
  static Anchored of(Diagnostic fault, SyntaxFile syntax) {
    Span span = fault.span();
    return syntax.declarations().stream()
        .map(Declaration::span)
        .filter(around ->
            around.file().equals(span.file())
                && around.start() <= span.start()
                && span.end() <= around.end())
        .findFirst()
        .map(around -> new Anchored(fault, text(around), span.start() - around.start()))
        .orElseGet(() -> new Anchored(fault, null, 0));
  }

  private static String text(Span span) {
    return span.file().text().substring(span.start(), span.end());
  }

  /** The fault where it stands now; empty where its declaration is another or has gone. */
  Optional<Diagnostic> in(SyntaxFile syntax) {
    if (text == null) {
      return Optional.of(fault);
    }
    return syntax.declarations().stream()
        .map(Declaration::span)
        .filter(around -> text(around).equals(text))
        .findFirst()
        .map(around -> at(around.start() + into, around));
  }

  private Diagnostic at(int start, Span around) {
    int length = fault.span().end() - fault.span().start();
    return new Diagnostic(
        fault.code(),
        new Span(around.file(), start, start + length),
        fault.message(),
        fault.notes(),
        fault.help());
  }
}
