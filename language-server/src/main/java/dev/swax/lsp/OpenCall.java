package dev.swax.lsp;

import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The call around a place, whether it is closed or not.
 *
 * @param callee the name before its bracket
 * @param inside what stands between its brackets, or up to the place where it is not closed
 * @param before how many arguments stand before the one at the place
 * @param name of that argument; empty where it is given by position
 */
record OpenCall(String callee, Span inside, int before, String name) {

  /** A bracket that is open at the place: the word that it is, and that of its last comma. */
  private record Open(int bracket, int comma, int commas) {}

  /** The innermost bracket around the place has to be that of a call. */
  static Optional<OpenCall> around(SourceFile file, int offset) {
    List<Word> words =
        Words.of(file).stream()
            .filter(word -> word.kind() != Word.Kind.COMMENT)
            .filter(word -> word.kind() != Word.Kind.DOCUMENTATION)
            .toList();
    Deque<Open> open = new ArrayDeque<>();
    int at = 0;
    for (; at < words.size() && words.get(at).span().end() <= offset; at++) {
      read(words, at, open);
    }
    Open last = open.peek();
    if (last == null || last.bracket() == 0 || !text(words, last.bracket()).equals("(")) {
      return Optional.empty();
    }
    Word callee = words.get(last.bracket() - 1);
    if (callee.kind() != Word.Kind.NAME && callee.kind() != Word.Kind.CONTEXTUAL) {
      return Optional.empty();
    }
    int first = last.comma() + 1;
    boolean named = first + 1 < words.size() && text(words, first + 1).equals(":");
    Span inside = new Span(file, words.get(last.bracket()).span().end(), end(words, at, offset));
    return Optional.of(
        new OpenCall(callee.span().text(), inside, last.commas(), named ? text(words, first) : ""));
  }

  private static void read(List<Word> words, int at, Deque<Open> open) {
    switch (text(words, at)) {
      case "(", "[", "{" -> open.push(new Open(at, at, 0));
      case ")", "]", "}" -> open.poll();
      case "," -> {
        Open in = open.poll();
        if (in != null) {
          open.push(new Open(in.bracket(), at, in.commas() + 1));
        }
      }
      default -> {}
    }
  }

  /** Where the innermost bracket is closed that is open at the place. */
  private static int end(List<Word> words, int from, int offset) {
    Deque<Open> inner = new ArrayDeque<>();
    for (int at = from; at < words.size(); at++) {
      boolean closes = List.of(")", "]", "}").contains(text(words, at));
      if (closes && inner.isEmpty()) {
        return words.get(at).span().start();
      }
      read(words, at, inner);
    }
    return offset;
  }

  private static String text(List<Word> words, int at) {
    return words.get(at).span().text();
  }
}
