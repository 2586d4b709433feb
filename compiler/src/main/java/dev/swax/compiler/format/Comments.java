package dev.swax.compiler.format;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxFile.Comment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The comments of a file that have not been printed yet. Each is handed out once. */
final class Comments {
  private final String text;
  private final List<Comment> left;

  Comments(SyntaxFile file) {
    this.text = file.source().text();
    this.left = new ArrayList<>(file.comments());
  }

  /** Those that begin at {@code from} or later and before {@code to}, in order. */
  List<Comment> takeBetween(int from, int to) {
    List<Comment> taken = new ArrayList<>();
    for (Iterator<Comment> each = left.iterator(); each.hasNext(); ) {
      Comment comment = each.next();
      int start = comment.span().start();
      if (start >= to) {
        break;
      }
      if (start >= from) {
        taken.add(comment);
        each.remove();
      }
    }
    return taken;
  }

  /** The one behind an item on its line, with at most a comma between. */
  Optional<Comment> takeBehind(Span item) {
    int lineEnd = text.indexOf('\n', item.end());
    int end = lineEnd < 0 ? text.length() : lineEnd;
    Optional<Comment> found =
        left.stream()
            .filter(comment -> comment.span().start() >= item.end() && comment.span().start() < end)
            .filter(comment -> isBetween(text.substring(item.end(), comment.span().start())))
            .findFirst();
    found.ifPresent(left::remove);
    return found;
  }

  private static boolean isBetween(String between) {
    return between.isBlank() || between.strip().equals(",");
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
