package dev.swax.compiler.format;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Prints a document in at most {@value #WIDTH} columns where that is possible: a group that does
 * not fit is broken, the groups inside it are tried again.
 */
final class Layout {
  static final int WIDTH = 100;
  private static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder lineEnd = new StringBuilder();
  private final Deque<Piece> pending = new ArrayDeque<>();
  private int column;

  private Layout() {}

  private record Piece(Document document, int indentation, boolean broken) {}

  static String print(Document document) {
    var layout = new Layout();
    layout.run(document);
    return layout.out.toString();
  }

  private void run(Document document) {
    pending.push(new Piece(document, 0, true));
    while (!pending.isEmpty()) {
      print(pending.pop());
    }
    endLine();
  }

  private void print(Piece piece) {
    int indentation = piece.indentation();
    boolean broken = piece.broken();
    switch (piece.document()) {
      case Document.Text(String text) -> write(text);
      case Document.Line(String flat) -> {
        if (broken) {
          newLine(indentation);
        } else {
          write(flat);
        }
      }
      case Document.HardLine() -> newLine(indentation);
      case Document.BlankLine() -> {
        endLine();
        newLine(indentation);
      }
      case Document.LineEnd(String text) -> lineEnd.append("  ").append(text);
      case Document.Either(String ifBroken, String flat) -> write(broken ? ifBroken : flat);
      case Document.Concatenation(var parts) ->
          parts.reversed().forEach(p -> pending.push(new Piece(p, indentation, broken)));
      case Document.Indented(Document body) ->
          pending.push(new Piece(body, indentation + STEP, broken));
      case Document.Group(Document body, _) ->
          pending.push(new Piece(body, indentation, !fits(body)));
    }
  }

  /** Whether {@code body}, and what follows up to the next possible break, fits on this line. */
  private boolean fits(Document body) {
    int left = WIDTH - column;
    Deque<Piece> rest = new ArrayDeque<>();
    rest.push(new Piece(body, 0, false));
    var following = pending.iterator();
    while (left >= 0) {
      if (rest.isEmpty()) {
        if (!following.hasNext()) {
          return true;
        }
        rest.push(following.next());
      }
      Piece piece = rest.pop();
      boolean broken = piece.broken();
      switch (piece.document()) {
        case Document.Text(String text) -> left -= text.codePointCount(0, text.length());
        case Document.Line(String flat) -> {
          if (broken) {
            return true;
          }
          left -= flat.length();
        }
        case Document.HardLine(), Document.BlankLine() -> {
          return broken;
        }
        case Document.LineEnd _ -> {}
        case Document.Either(String ifBroken, String flat) ->
            left -= broken ? ifBroken.length() : flat.length();
        case Document.Concatenation(var parts) ->
            parts.reversed().forEach(p -> rest.push(new Piece(p, 0, broken)));
        case Document.Indented(Document inner) -> rest.push(new Piece(inner, 0, broken));
        case Document.Group(Document inner, boolean first) ->
            rest.push(new Piece(inner, 0, broken && (first || hasHardLine(inner))));
      }
    }
    return false;
  }

  private static boolean hasHardLine(Document document) {
    return switch (document) {
      case Document.HardLine _, Document.BlankLine _ -> true;
      case Document.Text _, Document.Line _, Document.LineEnd _, Document.Either _ -> false;
      case Document.Concatenation(var parts) -> parts.stream().anyMatch(Layout::hasHardLine);
      case Document.Indented(Document body) -> hasHardLine(body);
      case Document.Group(Document body, _) -> hasHardLine(body);
    };
  }

  private void write(String text) {
    out.append(text);
    column += text.codePointCount(0, text.length());
  }

  private void newLine(int indentation) {
    endLine();
    out.repeat(' ', indentation);
    column = indentation;
  }

  private void endLine() {
    out.append(lineEnd);
    lineEnd.setLength(0);
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    out.append('\n');
    column = 0;
  }
}
