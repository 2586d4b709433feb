package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import org.antlr.v4.runtime.Token;

/** Where the lines of a file begin. */
final class Lines {
  private final SourceFile file;
  private final int[] indentations;

  Lines(SourceFile file) {
    this.file = file;
    String text = file.text();
    this.indentations = new int[file.lines()];
    for (int line = 0; line < indentations.length; line++) {
      int at = file.startOf(line + 1);
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      indentations[line] = at - file.startOf(line + 1);
    }
  }

  /** Whether only white space stands before it on its line. */
  boolean begin(Token token) {
    int line = file.line(token.getStartIndex());
    return file.startOf(line) + indentations[line - 1] == token.getStartIndex();
  }

  /** Number of blanks that begin the line of {@code token}. */
  int indentation(Token token) {
    return indentations[file.line(token.getStartIndex()) - 1];
  }

  /** Line breaks between the end of one and the start of the other. */
  int breaksBetween(Token first, Token second) {
    return file.line(second.getStartIndex()) - file.line(first.getStopIndex());
  }
}
