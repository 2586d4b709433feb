package dev.swax.compiler.format;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxFile.Comment;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The comments of a file that have not been printed yet. Each is handed out once. */
final class Comments {
  private final String text;
  private final NavigableMap<Integer, Comment> left = new TreeMap<>();

  Comments(SyntaxFile file) {
    this.text = file.source().text();
    file.comments().forEach(comment -> left.put(comment.span().start(), comment));
  }

  /** Those that begin at {@code from} or later and before {@code to}, in order. */
  List<Comment> takeBetween(int from, int to) {
    Map<Integer, Comment> between = left.subMap(Math.min(from, to), to);
    List<Comment> taken = List.copyOf(between.values());
    between.clear();
    return taken;
  }

  /** The one behind an item on its line, with at most a comma between. */
  Optional<Comment> takeBehind(Span item) {
    Map.Entry<Integer, Comment> next = left.ceilingEntry(item.end());
    if (next == null || !standsBehind(item.end(), next.getKey())) {
      return Optional.empty();
    }
    left.remove(next.getKey());
    return Optional.of(next.getValue());
  }

  private boolean standsBehind(int from, int to) {
    int commas = 0;
    for (int at = from; at < to; at++) {
      switch (text.charAt(at)) {
        case ' ', '\t' -> {}
        case ',' -> commas++;
        default -> {
          return false;
        }
      }
    }
    return commas <= 1;
  }

  /** Offset behind the first closing parenthesis after {@code from}. */
  int behindParenthesis(int from) {
    return text.indexOf(')', from) + 1;
  }

  /**
   * Whether the line below the one on which {@code end} lies is empty, and before {@code start}.
   */
  boolean blankLineAfter(int end, int start) {
    int lineEnd = text.indexOf('\n', end);
    if (lineEnd < 0 || lineEnd >= start) {
      return false;
    }
    int nextEnd = text.indexOf('\n', lineEnd + 1);
    return nextEnd >= 0 && nextEnd < start && text.substring(lineEnd + 1, nextEnd).isBlank();
  }

  /** The comment as it is printed; a `///` that documents nothing has lost a slash. */
  static String printed(Comment comment) {
    String written = comment.span().text().replace('\t', ' ');
    boolean documents = written.startsWith("///") && !written.startsWith("////");
    return documents ? written.substring(1) : written;
  }
}
