package dev.swax.compiler.diagnostic;

import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a user's files; nothing here throws. */
public final class Diagnostics {
  private final List<Diagnostic> reported = new ArrayList<>();

  /** Reports a fault. {@code help} is null unless it is something one can type. */
  public void report(Code code, Span span, String message, @Nullable String help) {
    report(new Diagnostic(code, span, message, List.of(), help));
  }

  public void report(Diagnostic diagnostic) {
    if (!reported.contains(diagnostic)) {
      reported.add(diagnostic);
    }
  }

  public boolean hasErrors() {
    return reported.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
  }

  /** Everything reported so far, in the order in which it was found. */
  public List<Diagnostic> all() {
    return List.copyOf(reported);
  }

  /** The same for people: file by file, and in each in the order of places. */
  public List<Diagnostic> inOrder() {
    List<String> files = reported.stream().map(Diagnostics::file).distinct().toList();
    return reported.stream()
        .sorted(
            Comparator.comparingInt((Diagnostic d) -> files.indexOf(file(d)))
                .thenComparingInt(d -> d.span().start()))
        .toList();
  }

  private static String file(Diagnostic diagnostic) {
    return diagnostic.span().file().name();
  }
}
