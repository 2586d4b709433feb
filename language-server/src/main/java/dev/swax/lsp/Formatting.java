package dev.swax.lsp;

import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import org.eclipse.lsp4j.TextEdit;

/** Gives a file the one shape, as {@code swax fmt} does. */
final class Formatting {
  private Formatting() {}

  /** One edit of the lines that change; none where a fault keeps the file from being read. */
  static List<TextEdit> of(Study study) {
    if (study.hasFaultsOfSyntax()) {
      return List.of();
    }
    SourceFile file = study.file();
    String before = file.text();
    String after = Formatter.format(study.syntax());
    if (after.equals(before)) {
      return List.of();
    }
    int start = startOfLine(before, sameStart(before, after));
    int same = Math.min(sameEnd(before, after), Math.min(before.length(), after.length()) - start);
    same = Math.max(0, same);
    String text = after.substring(start, after.length() - same);
    return List.of(
        new TextEdit(Positions.range(new Span(file, start, before.length() - same)), text));
  }

  private static int sameStart(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return at;
  }

  private static int startOfLine(String text, int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /** How many characters at the end are the same, whole lines only. */
  private static int sameEnd(String a, String b) {
    int same = 0;
    int whole = 0;
    while (same < a.length()
        && same < b.length()
        && a.charAt(a.length() - 1 - same) == b.charAt(b.length() - 1 - same)) {
      same++;
      if (a.charAt(a.length() - same) == '\n') {
        whole = same - 1;
      }
    }
    return whole;
  }
}
