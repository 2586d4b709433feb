package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile.Comment;
import dev.swax.grammar.SwaxLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * The comments of a file. A `///` line documents the declaration or setting below it; one with
 * nothing below it that can be documented is a comment like any other.
 */
final class Remarks {
  private final SourceFile file;
  private final Lines layout;
  private final List<Token> code;
  private final List<Token> comments;
  private final Set<Token> documenting = new LinkedHashSet<>();

  Remarks(SourceFile file, Lines layout, List<Token> code, List<Token> comments) {
    this.file = file;
    this.layout = layout;
    this.code = code;
    this.comments = comments;
  }

  static boolean isRemark(Token token) {
    return token.getType() == SwaxLexer.COMMENT || token.getType() == SwaxLexer.DOC_COMMENT;
  }

  /**
   * The `///` lines above {@code context}, without slashes: the last ones before it with neither an
   * empty line nor another comment between them.
   */
  String documentation(ParserRuleContext context) {
    Token first = context.getStart();
    int index = first.getTokenIndex();
    int from = index == 0 ? 0 : code.get(index - 1).getStopIndex() + 1;
    Deque<Token> lines = new ArrayDeque<>();
    int at = firstFrom(first.getStartIndex()) - 1;
    while (at >= 0 && comments.get(at).getStartIndex() >= from && documents(comments.get(at))) {
      Token comment = comments.get(at);
      if (!lines.isEmpty() && layout.breaksBetween(comment, lines.getFirst()) > 1) {
        break;
      }
      lines.addFirst(comment);
      at--;
    }
    documenting.addAll(lines);
    return lines.stream().map(Remarks::text).collect(Collectors.joining("\n"));
  }

  private boolean documents(Token comment) {
    return comment.getType() == SwaxLexer.DOC_COMMENT && layout.begin(comment);
  }

  /** Index of the first comment at or after {@code offset}. */
  private int firstFrom(int offset) {
    int low = 0;
    int high = comments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (comments.get(middle).getStartIndex() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Every comment that documents nothing. Ask when the whole file is built. */
  List<Comment> comments() {
    return comments.stream()
        .filter(comment -> !documenting.contains(comment))
        .map(comment -> new Comment(span(comment), !layout.begin(comment)))
        .toList();
  }

  private Span span(Token comment) {
    Span whole = Lexeme.span(file, comment);
    return new Span(file, whole.start(), whole.start() + whole.text().stripTrailing().length());
  }

  private static String text(Token comment) {
    String text = comment.getText().substring(3);
    return (text.startsWith(" ") ? text.substring(1) : text).stripTrailing();
  }
}
