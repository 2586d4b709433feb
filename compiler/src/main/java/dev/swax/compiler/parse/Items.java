package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import dev.swax.grammar.SwaxLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Tells where an item of a file or of a body seems to begin. Two words side by side never stand
 * inside a value, so this is nearly always right; parsing goes on from such a place after a fault.
 */
final class Items {
  private Items() {}

  /** Whether {@code model name}, {@code import "…"} and the like stand here. */
  static boolean startsDeclaration(SourceFile file, List<? extends Token> tokens, int at) {
    Token next = next(tokens, at);
    return switch (tokens.get(at).getType()) {
      case SwaxLexer.LET, SwaxLexer.MODEL, SwaxLexer.WINDOW, SwaxLexer.CELL -> Lexeme.isName(next);
      case SwaxLexer.DATA, SwaxLexer.TRAIN, SwaxLexer.PROFILE, SwaxLexer.GRID ->
          Lexeme.isName(next);
      case SwaxLexer.IMPORT -> next.getType() == SwaxLexer.TEXT;
      case SwaxLexer.EDITION -> next.getType() == SwaxLexer.NUMBER;
      case SwaxLexer.EXPECT ->
          Lexeme.startsLine(file, tokens.get(at))
              && (Lexeme.startsValue(next) || next.getType() == Token.EOF);
      default ->
          Lexeme.isName(tokens.get(at))
              && Lexeme.startsLine(file, tokens.get(at))
              && (Lexeme.isName(next) || next.getType() == SwaxLexer.ASSIGN);
    };
  }

  /** As {@link #startsDeclaration}, at the left margin and certainly not an entry of a body. */
  static boolean startsDeclarationLine(SourceFile file, List<? extends Token> tokens, int at) {
    Token token = tokens.get(at);
    boolean keyword = token.getType() >= SwaxLexer.EDITION && token.getType() <= SwaxLexer.EXPECT;
    return keyword
        && Lexeme.startsLine(file, token)
        && Lexeme.indentation(file, token.getStartIndex()) == 0
        && startsDeclaration(file, tokens, at);
  }

  /** Whether a line begins here with {@code let name} or {@code name =}. */
  static boolean startsEntryLine(SourceFile file, List<? extends Token> tokens, int at) {
    Token token = tokens.get(at);
    Token next = next(tokens, at);
    boolean starts =
        (token.getType() == SwaxLexer.LET && Lexeme.isName(next))
            || (token.getType() == SwaxLexer.STATE && Lexeme.isName(next))
            || ((Lexeme.isName(token) || token.getType() == SwaxLexer.PRIMED)
                && next.getType() == SwaxLexer.ASSIGN);
    return starts && Lexeme.startsLine(file, token);
  }

  /** Whether an item of any body seems to begin here. */
  static boolean startsBodyItem(SourceFile file, List<? extends Token> tokens, int at) {
    Token token = tokens.get(at);
    Token next = next(tokens, at);
    return switch (token.getType()) {
      case SwaxLexer.LET -> true;
      case SwaxLexer.STATE, SwaxLexer.USING -> Lexeme.isName(next) || sets(next);
      case SwaxLexer.COLUMN, SwaxLexer.REFERENCE -> next.getType() == SwaxLexer.TEXT || sets(next);
      case SwaxLexer.ROW -> Lexeme.isName(next) || next.getType() == SwaxLexer.TEXT || sets(next);
      case SwaxLexer.PRIMED -> sets(next);
      default ->
          Lexeme.isName(token)
              && (sets(next)
                  || (Lexeme.startsLine(file, token)
                      && (Lexeme.startsPlainValue(next)
                          || next.getType() == SwaxLexer.COMMA
                          || next.getType() == SwaxLexer.DOT)));
    };
  }

  /** Whether an override of a `with` seems to begin here. */
  static boolean startsReplacement(List<? extends Token> tokens, int at) {
    Token token = tokens.get(at);
    return (Lexeme.isName(token) || token.getType() == SwaxLexer.NUMBER)
        && next(tokens, at).getType() == SwaxLexer.ASSIGN;
  }

  private static boolean sets(Token token) {
    return token.getType() == SwaxLexer.ASSIGN
        || token.getType() == SwaxLexer.COLON
        || token.getType() == SwaxLexer.EQUAL;
  }

  private static Token next(List<? extends Token> tokens, int at) {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }
}
