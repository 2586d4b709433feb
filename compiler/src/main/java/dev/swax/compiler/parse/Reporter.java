package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one file from all steps of parsing, and hands them on in file order. */
final class Reporter {
  private final SourceFile file;
  private final List<Diagnostic> found = new ArrayList<>();

  Reporter(SourceFile file) {
    this.file = file;
  }

  SourceFile file() {
    return file;
  }

  void report(Code code, Token token, String message, @Nullable String help) {
    report(code, Lexeme.span(file, token), message, help);
  }

  void report(Code code, Span span, String message, @Nullable String help) {
    report(new Diagnostic(code, span, message, List.of(), help));
  }

  void report(Diagnostic diagnostic) {
    found.add(diagnostic);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Hands everything on, first fault of the file first; of several at one place only the first. */
  void flush(Diagnostics diagnostics) {
    found.sort(Comparator.comparingInt(d -> d.span().start()));
    int last = -1;
    for (Diagnostic diagnostic : found) {
      if (diagnostic.span().start() != last) {
        diagnostics.report(diagnostic);
      }
      last = diagnostic.span().start();
    }
  }
}
