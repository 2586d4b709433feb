package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.source.SourceFile;
import dev.swax.grammar.SwaxLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Pairs the brackets of a file before it is parsed. One that is missing is reported where it was
 * opened and put in where the next item begins; one too many is reported and left out. So the
 * parser sees every bracket closed, and one slip costs one message.
 */
final class Brackets {
  private final Reporter reporter;
  private final SourceFile file;
  private final Lines lines;
  private final Items items;
  private final List<Token> written;
  private final List<Token> paired = new ArrayList<>();
  private final List<Token> open = new ArrayList<>();
  private final int[] closersLeft;

  private Brackets(List<Token> written, Reporter reporter) {
    this.written = written;
    this.reporter = reporter;
    this.file = reporter.file();
    this.lines = reporter.lines();
    this.items = new Items(lines, written);
    this.closersLeft = closersLeft(written, items);
  }

  /** The words and signs, end included, with every bracket closed. */
  static List<Token> pair(List<Token> written, Reporter reporter) {
    if (areClosed(written)) {
      return written;
    }
    var brackets = new Brackets(written, reporter);
    int end = written.size() - 1;
    for (int at = 0; at < end; at++) {
      brackets.add(at);
    }
    brackets.closeDownTo(0, written.get(end), "the file ends here");
    brackets.paired.add(written.get(end));
    return brackets.paired;
  }

  /** Whether there is nothing to mend, however odd the layout. */
  private static boolean areClosed(List<Token> written) {
    Deque<Integer> closers = new ArrayDeque<>();
    for (Token token : written) {
      if (Lexeme.opens(token)) {
        closers.push(Lexeme.closerOf(token));
      } else if (Lexeme.closes(token) && (closers.isEmpty() || closers.pop() != token.getType())) {
        return false;
      }
      if (closers.size() > Beyond.BRACKETS) {
        return false;
      }
    }
    return closers.isEmpty();
  }

  private void add(int at) {
    Token token = written.get(at);
    if (Lexeme.closes(token)) {
      close(token, at);
      return;
    }
    if (!open.isEmpty()) {
      closeBeforeNextItem(at);
    }
    if (Lexeme.opens(token)) {
      open.add(token);
      if (open.size() > Beyond.BRACKETS) {
        throw Beyond.brackets(token);
      }
    }
    paired.add(token);
  }

  private void close(Token closer, int at) {
    int partner = open.size() - 1;
    while (partner >= 0 && Lexeme.closerOf(open.get(partner)) != closer.getType()) {
      partner--;
    }
    if (partner < 0) {
      closesNothing(closer);
      return;
    }
    partner = outerByIndentation(closer, at, partner);
    closeDownTo(partner + 1, closer, "`%s` comes first".formatted(closer.getText()));
    open.removeLast();
    paired.add(closer);
  }

  /** A `}` that stands below an outer brace, not below the innermost one, closes the outer. */
  private int outerByIndentation(Token closer, int at, int partner) {
    if (closer.getType() != SwaxLexer.RBRACE || !lines.begin(closer)) {
      return partner;
    }
    int column = indentation(closer);
    if (indentation(open.get(partner)) <= column || closersLeft[at] >= partner + 1) {
      return partner;
    }
    for (int outer = partner - 1; outer >= 0; outer--) {
      Token opener = open.get(outer);
      if (opener.getType() == SwaxLexer.LBRACE && indentation(opener) == column) {
        return outer;
      }
    }
    return partner;
  }

  /** For each place, the closing braces up to the next declaration, less the opening ones. */
  private static int[] closersLeft(List<Token> written, Items items) {
    int[] left = new int[written.size()];
    int after = 0;
    for (int at = written.size() - 1; at >= 0; at--) {
      after +=
          switch (written.get(at).getType()) {
            case SwaxLexer.RBRACE -> 1;
            case SwaxLexer.LBRACE -> -1;
            default -> 0;
          };
      left[at] = after;
      after = items.startsDeclarationLine(at) ? 0 : after;
    }
    return left;
  }

  private void closesNothing(Token closer) {
    boolean wrongKind = !open.isEmpty() && open.getLast().getType() != SwaxLexer.LBRACE;
    if (wrongKind) {
      Token opener = open.removeLast();
      int type = Lexeme.closerOf(opener);
      reporter.report(
          new Diagnostic(
              Code.UNCLOSED_BRACKET,
              Lexeme.span(file, closer),
              "`%s` cannot close `%s`".formatted(closer.getText(), opener.getText()),
              List.of(new Diagnostic.Note(Lexeme.span(file, opener), "opened here")),
              "write `%s`".formatted(sign(type))));
      paired.add(Lexeme.as(type, closer));
      return;
    }
    reporter.passOver(closer);
    reporter.report(
        Code.UNOPENED_BRACKET,
        closer,
        "`%s` closes nothing".formatted(closer.getText()),
        "leave it out");
  }

  private void closeBeforeNextItem(int at) {
    Token token = written.get(at);
    if (items.startsDeclarationLine(at)) {
      closeDownTo(0, token, "`%s` begins here".formatted(token.getText()));
      return;
    }
    boolean bodyBegins = token.getType() == SwaxLexer.LBRACE && !items.takesBraces(at);
    boolean entryBegins = items.startsEntryLine(at);
    int keep = open.size();
    while (keep > 0
        && open.get(keep - 1).getType() != SwaxLexer.LBRACE
        && (bodyBegins || (entryBegins && indentation(token) <= indentation(open.get(keep - 1))))) {
      keep--;
    }
    closeDownTo(keep, token, "`%s` begins here".formatted(token.getText()));
  }

  private void closeDownTo(int size, Token before, String noticed) {
    while (open.size() > size) {
      Token opener = open.removeLast();
      String sign = sign(Lexeme.closerOf(opener));
      if (reporter.hasUnclosedText(opener.getStartIndex(), before.getStartIndex())) {
        putIn(opener, sign); // the unclosed text has swallowed it
        continue;
      }
      reporter.report(
          new Diagnostic(
              Code.UNCLOSED_BRACKET,
              Lexeme.span(file, opener),
              "this `%s` is never closed".formatted(opener.getText()),
              List.of(new Diagnostic.Note(Lexeme.span(file, before), noticed)),
              "write `%s` before that".formatted(sign)));
      putIn(opener, sign);
    }
  }

  private void putIn(Token opener, String sign) {
    int offset = paired.getLast().getStopIndex() + 1;
    paired.add(Lexeme.synthetic(Lexeme.closerOf(opener), sign, opener, offset));
  }

  private int indentation(Token token) {
    return lines.indentation(token);
  }

  private static String sign(int closer) {
    return switch (closer) {
      case SwaxLexer.RPAREN -> ")";
      case SwaxLexer.RBRACKET -> "]";
      case SwaxLexer.RBRACE -> "}";
      default -> throw new IllegalArgumentException("not a closing bracket: " + closer);
    };
  }
}
