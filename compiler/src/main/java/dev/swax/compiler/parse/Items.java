package dev.swax.compiler.parse;

import dev.swax.grammar.SwaxLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Tells where an item of a file or of a body seems to begin. Two words side by side never stand
 * inside a value, so this is nearly always right; parsing goes on from such a place after a fault.
 */
final class Items {
  private final Lines lines;
  private final List<Token> tokens;

  Items(Lines lines, List<Token> tokens) {
    this.lines = lines;
    this.tokens = tokens;
  }

  /** Whether a declaration, or something meant as one, seems to begin here. */
  boolean startsDeclaration(int at) {
    Token next = next(at);
    return startsWithKeyword(at)
        || (Lexeme.isName(tokens.get(at))
            && lines.begin(tokens.get(at))
            && (Lexeme.isName(next) || next.getType() == SwaxLexer.ASSIGN));
  }

  /** Whether {@code model name}, {@code import "…"} and the like stand here. */
  boolean startsWithKeyword(int at) {
    Token next = next(at);
    boolean startsLine = lines.begin(tokens.get(at));
    return switch (tokens.get(at).getType()) {
      case SwaxLexer.LET,
          SwaxLexer.MODEL,
          SwaxLexer.WINDOW,
          SwaxLexer.CELL,
          SwaxLexer.DATA,
          SwaxLexer.TRAIN,
          SwaxLexer.PROFILE,
          SwaxLexer.GRID ->
          startsLine || Lexeme.isName(next);
      case SwaxLexer.FFN, SwaxLexer.NORM, SwaxLexer.BLOCK -> Lexeme.isName(next);
      case SwaxLexer.IMPORT -> startsLine || next.getType() == SwaxLexer.TEXT;
      case SwaxLexer.EDITION -> startsLine || next.getType() == SwaxLexer.NUMBER;
      case SwaxLexer.EXPECT -> startsLine;
      default -> false;
    };
  }

  /** Whether the opening brace here belongs to a `with` or a `sample`. */
  boolean takesBraces(int at) {
    if (at == 0) {
      return false;
    }
    return switch (tokens.get(at - 1).getType()) {
      case SwaxLexer.WITH, SwaxLexer.BATCH, SwaxLexer.PER, SwaxLexer.SAMPLE -> true;
      default -> false;
    };
  }

  /** As {@link #startsDeclaration}, at the left margin and certainly not an entry of a body. */
  boolean startsDeclarationLine(int at) {
    Token token = tokens.get(at);
    boolean keyword = token.getType() >= SwaxLexer.EDITION && token.getType() <= SwaxLexer.EXPECT;
    return keyword && !sets(next(at)) && lines.begin(token) && lines.indentation(token) == 0;
  }

  /** Whether a line begins here with {@code let name} or {@code name =}. */
  boolean startsEntryLine(int at) {
    Token token = tokens.get(at);
    Token next = next(at);
    boolean starts =
        (token.getType() == SwaxLexer.LET && Lexeme.isName(next))
            || (token.getType() == SwaxLexer.STATE && Lexeme.isName(next))
            || ((Lexeme.isName(token) || token.getType() == SwaxLexer.PRIMED)
                && next.getType() == SwaxLexer.ASSIGN);
    return starts && lines.begin(token);
  }

  /** Whether an item of any body seems to begin here. */
  boolean startsBodyItem(int at) {
    Token token = tokens.get(at);
    Token next = next(at);
    return switch (token.getType()) {
      case SwaxLexer.LET -> true;
      case SwaxLexer.STATE, SwaxLexer.USING -> Lexeme.isName(next) || sets(next);
      case SwaxLexer.COLUMN, SwaxLexer.REFERENCE, SwaxLexer.FIGURE ->
          next.getType() == SwaxLexer.TEXT || sets(next);
      case SwaxLexer.ROW -> Lexeme.isName(next) || next.getType() == SwaxLexer.TEXT || sets(next);
      case SwaxLexer.PRIMED -> sets(next);
      default ->
          Lexeme.isName(token)
              && (sets(next)
                  || (lines.begin(token)
                      && (Lexeme.startsPlainValue(next)
                          || next.getType() == SwaxLexer.COMMA
                          || next.getType() == SwaxLexer.DOT)));
    };
  }

  /** Whether an override of a `with` seems to begin here. */
  boolean startsReplacement(int at) {
    Token token = tokens.get(at);
    return (Lexeme.isName(token) || token.getType() == SwaxLexer.NUMBER)
        && next(at).getType() == SwaxLexer.ASSIGN;
  }

  private static boolean sets(Token token) {
    return token.getType() == SwaxLexer.ASSIGN
        || token.getType() == SwaxLexer.COLON
        || token.getType() == SwaxLexer.EQUAL;
  }

  private Token next(int at) {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }
}
