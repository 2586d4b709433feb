package dev.swax.compiler.format;

import static dev.swax.compiler.format.Document.text;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile.Comment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lays out the items of braces, brackets and files with their comments: those above an item, those
 * inside it that have no better place, the one behind it, and those after the last one.
 */
final class ItemFormatter {
  private static final Document HARD_LINE = new Document.HardLine();
  private final Comments comments;

  ItemFormatter(Comments comments) {
    this.comments = comments;
  }

  Comments comments() {
    return comments;
  }

  /** One item: where it is, its `///` lines, and how it is printed without them. */
  record Item(Span span, String documentation, Supplier<Document> content, boolean apart) {

    static Item of(Span span, Supplier<Document> content) {
      return new Item(span, "", content, false);
    }

    static <T> List<Item> of(List<T> parts, Function<T, Span> span, Function<T, Document> content) {
      return parts.stream()
          .map(part -> Item.of(span.apply(part), () -> content.apply(part)))
          .toList();
    }
  }

  /** Items on lines of their own in braces; {@code from} is where comments may begin. */
  Document block(int from, int to, List<Item> items) {
    Document lines = lines(from, to, items);
    return lines.equals(Document.EMPTY)
        ? text("{}")
        : Document.of(text("{"), Document.indented(HARD_LINE, lines), HARD_LINE, text("}"));
  }

  /** Items on lines of their own, at most one empty line between two; empty if there are none. */
  Document lines(int from, int to, List<Item> items) {
    List<Document> lines = new ArrayList<>();
    int end = -1;
    boolean apart = false;
    for (Item item : items) {
      List<Comment> above = comments.takeBetween(from, item.span().start());
      Document content = item.content().get();
      List<Comment> inside = comments.takeBetween(item.span().start(), item.span().end());
      boolean separate = apart || item.apart();
      for (Comment comment : above) {
        addLine(lines, end, comment.span(), separate, text(Comments.printed(comment)));
        end = comment.span().end();
        separate = false;
      }
      List<Document> parts = new ArrayList<>();
      inside.forEach(comment -> parts.add(ownLine(comment)));
      documentation(item.documentation(), parts);
      parts.add(content);
      Optional<Comment> behind = comments.takeBehind(item.span());
      behind.ifPresent(comment -> parts.add(new Document.LineEnd(Comments.printed(comment))));
      addLine(lines, end, item.span(), separate, Document.of(parts));
      end = behind.map(comment -> comment.span().end()).orElse(item.span().end());
      from = end;
      apart = item.apart();
    }
    for (Comment comment : comments.takeBetween(from, to)) {
      addLine(lines, end, comment.span(), apart, text(Comments.printed(comment)));
      end = comment.span().end();
      apart = false;
    }
    return lines.isEmpty() ? Document.EMPTY : Document.of(lines);
  }

  private void addLine(List<Document> lines, int end, Span span, boolean separate, Document line) {
    if (!lines.isEmpty()) {
      boolean blank = separate || comments.blankLineAfter(end, span.start());
      lines.add(blank ? new Document.BlankLine() : HARD_LINE);
    }
    lines.add(line);
  }

  private static void documentation(String documentation, List<Document> parts) {
    if (!documentation.isEmpty()) {
      for (String line : documentation.split("\n", -1)) {
        parts.add(Document.of(text(line.isEmpty() ? "///" : "/// " + line), HARD_LINE));
      }
    }
  }

  /**
   * What stands around and between items: the brackets, the blank inside them on one line, and what
   * ends each item where there is one a line. On one line it is a comma between two.
   */
  enum Brackets {
    ROUND("(", ")", "", ","),
    SQUARE("[", "]", "", ","),
    OUTCOMES("{", "}", " ", ","),
    PLACES("{", "}", " ", ",", true),
    SETTINGS("{", "}", " ", "", true);

    private final String open;
    private final String close;
    private final String pad;
    private final String broken;
    private final boolean first;

    Brackets(String open, String close, String pad, String broken) {
      this(open, close, pad, broken, false);
    }

    /** {@code first}: broken before what stands in front of them. */
    Brackets(String open, String close, String pad, String broken, boolean first) {
      this.open = open;
      this.close = close;
      this.pad = pad;
      this.broken = broken;
      this.first = first;
    }
  }

  /** Items between brackets: on one line if they fit, else one a line. */
  Document list(Brackets brackets, int from, int to, List<Item> items) {
    return list(brackets, from, to, items, false);
  }

  /** Short items between brackets: on one line if they fit, else as many a line as fit there. */
  Document filled(Brackets brackets, int from, int to, List<Item> items) {
    return list(brackets, from, to, items, true);
  }

  private Document list(Brackets brackets, int from, int to, List<Item> items, boolean filled) {
    List<Document> parts = new ArrayList<>();
    List<Optional<Comment>> behind = new ArrayList<>();
    boolean commented = false;
    for (Item item : items) {
      List<Document> part = new ArrayList<>();
      comments
          .takeBetween(from, item.span().start())
          .forEach(comment -> part.add(ownLine(comment)));
      Document content = item.content().get();
      comments
          .takeBetween(item.span().start(), item.span().end())
          .forEach(comment -> part.add(ownLine(comment)));
      commented |= !part.isEmpty();
      part.add(content);
      parts.add(Document.of(part));
      behind.add(comments.takeBehind(item.span()));
      commented |= behind.getLast().isPresent();
      from = item.span().end();
    }
    List<Comment> last = comments.takeBetween(from, to);
    if (items.isEmpty() && last.isEmpty()) {
      return text(brackets.open + brackets.close);
    }
    boolean broken = commented || !last.isEmpty();
    Document between = filled ? new Document.Group(Document.line(), true) : Document.line();
    Document line = broken ? HARD_LINE : between;
    Document edge = broken ? HARD_LINE : new Document.Line(brackets.pad);
    List<Document> body = new ArrayList<>();
    for (int at = 0; at < parts.size(); at++) {
      body.add(at == 0 ? edge : line);
      body.add(parts.get(at));
      body.add(
          at == parts.size() - 1
              ? new Document.Either(brackets.broken, "")
              : new Document.Either(brackets.broken, ","));
      behind.get(at).ifPresent(c -> body.add(new Document.LineEnd(Comments.printed(c))));
    }
    last.forEach(comment -> body.add(Document.of(HARD_LINE, text(Comments.printed(comment)))));
    Document whole =
        Document.of(
            text(brackets.open),
            new Document.Indented(Document.of(body)),
            edge,
            text(brackets.close));
    return new Document.Group(whole, brackets.first);
  }

  private static Document ownLine(Comment comment) {
    return Document.of(text(Comments.printed(comment)), HARD_LINE);
  }
}
