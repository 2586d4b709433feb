package dev.swax.compiler.diagnostic;

import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints diagnostics for people:
 *
 * <pre>
 * error[SWX2001]: nothing here is called `w_upp`
 *  --> names/misspelled.swax:3:17
 *   |
 * 3 |   h = matmul(x, w_upp)
 *   |                 ^^^^^
 *   = help: did you mean `w_up`?
 * </pre>
 */
public final class DiagnosticRenderer {
  private DiagnosticRenderer() {}

  /** All of them, an empty line between two. */
  public static String render(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(DiagnosticRenderer::render).collect(Collectors.joining("\n"));
  }

  /** One diagnostic, ending in a line break. No line ends in a blank. */
  public static String render(Diagnostic diagnostic) {
    int gutter = gutter(diagnostic);
    var text = new StringBuilder();
    text.append(diagnostic.code().severity().name().toLowerCase(Locale.ROOT))
        .append('[')
        .append(diagnostic.code().label())
        .append("]: ")
        .append(SourceLine.printable(diagnostic.message()))
        .append('\n');
    excerpt(text, diagnostic.span(), gutter);
    for (Diagnostic.Note note : diagnostic.notes()) {
      text.append("note: ").append(SourceLine.printable(note.message())).append('\n');
      excerpt(text, note.span(), gutter);
    }
    if (diagnostic.help() != null) {
      text.append(" ".repeat(gutter + 1))
          .append("= help: ")
          .append(SourceLine.printable(diagnostic.help()))
          .append('\n');
    }
    return text.toString();
  }

  /** Width of the largest line number. */
  private static int gutter(Diagnostic diagnostic) {
    int largest = diagnostic.span().line();
    for (Diagnostic.Note note : diagnostic.notes()) {
      largest = Math.max(largest, note.span().line());
    }
    return Integer.toString(largest).length();
  }

  private static void excerpt(StringBuilder text, Span span, int gutter) {
    text.append(" ".repeat(gutter)).append("--> ").append(SourceLine.printable(span.file().name()));
    if (span.file().text().isEmpty()) {
      text.append('\n');
      return;
    }
    int line = span.line();
    String number = Integer.toString(line);
    String bar = " ".repeat(gutter) + " |";
    SourceLine source = SourceLine.of(span);
    text.append(":%d:%d\n".formatted(line, span.column()));
    text.append(bar).append('\n');
    text.append(" ".repeat(gutter - number.length()))
        .append((number + " | " + source.text()).stripTrailing())
        .append('\n');
    text.append(bar)
        .append(" ".repeat(source.caretColumn() + 1))
        .append("^".repeat(source.caretWidth()))
        .append('\n');
  }
}
