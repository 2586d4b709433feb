package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import java.util.Arrays;
import org.antlr.v4.runtime.Token;

/** Where the lines of a file begin. */
final class Lines {
  private final int[] starts;
  private final int[] indentations;

  Lines(SourceFile file) {
    String text = file.text();
    int[] found = new int[16];
    int count = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == found.length) {
        found = Arrays.copyOf(found, 2 * count);
      }
      found[count] = at + 1;
      count++;
    }
    this.starts = Arrays.copyOf(found, count);
    this.indentations = new int[count];
    for (int line = 0; line < count; line++) {
      int at = starts[line];
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      indentations[line] = at - starts[line];
    }
  }

  /** Whether only white space stands before it on its line. */
  boolean begin(Token token) {
    int line = line(token.getStartIndex());
    return starts[line] + indentations[line] == token.getStartIndex();
  }

  /** Number of blanks that begin the line of {@code token}. */
  int indentation(Token token) {
    return indentations[line(token.getStartIndex())];
  }

  /** Line breaks between the end of one and the start of the other. */
  int breaksBetween(Token first, Token second) {
    return line(second.getStartIndex()) - line(first.getStopIndex());
  }

  private int line(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
