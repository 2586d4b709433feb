package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.grammar.SwaxLexer;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** Questions about single words and signs of a file. */
final class Lexeme {
  private static final List<Integer> OPENERS =
      List.of(SwaxLexer.LPAREN, SwaxLexer.LBRACKET, SwaxLexer.LBRACE);
  private static final List<Integer> CLOSERS =
      List.of(SwaxLexer.RPAREN, SwaxLexer.RBRACKET, SwaxLexer.RBRACE);

  private Lexeme() {}

  /** A copy of {@code token} that is read as another type. */
  static Token as(int type, Token token) {
    var copy = new CommonToken(token);
    copy.setType(type);
    return copy;
  }

  /** A sign that was not written, standing at {@code offset}. */
  static Token synthetic(int type, String text, Token like, int offset) {
    var token = new CommonToken(like);
    token.setType(type);
    token.setText(text);
    token.setStartIndex(offset);
    token.setStopIndex(offset - 1);
    return token;
  }

  static Span span(SourceFile file, Token token) {
    if (token.getType() == Token.EOF) {
      int end = file.text().stripTrailing().length();
      return new Span(file, end, end);
    }
    return new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
  }

  static boolean opens(Token token) {
    return OPENERS.contains(token.getType());
  }

  static boolean closes(Token token) {
    return CLOSERS.contains(token.getType());
  }

  /** The type of the bracket that closes {@code opener}. */
  static int closerOf(Token opener) {
    return switch (opener.getType()) {
      case SwaxLexer.LPAREN -> SwaxLexer.RPAREN;
      case SwaxLexer.LBRACKET -> SwaxLexer.RBRACKET;
      case SwaxLexer.LBRACE -> SwaxLexer.RBRACE;
      default -> throw new IllegalArgumentException("not an opening bracket: " + opener.getText());
    };
  }

  /** A name, or a word that may be used as one. */
  static boolean isName(Token token) {
    return token.getType() >= SwaxLexer.EDITION && token.getType() <= SwaxLexer.NAME;
  }

  /** A word that no name may have. */
  static boolean isReserved(Token token) {
    return token.getType() >= SwaxLexer.LET && token.getType() <= SwaxLexer.NOT;
  }

  /** Whether a value may begin with this and with nothing before it. */
  static boolean startsValue(Token token) {
    return isName(token)
        || switch (token.getType()) {
          case SwaxLexer.NUMBER,
              SwaxLexer.PERCENTAGE,
              SwaxLexer.TEXT,
              SwaxLexer.PRIMED,
              SwaxLexer.LPAREN,
              SwaxLexer.LBRACKET,
              SwaxLexer.MINUS,
              SwaxLexer.NOT,
              SwaxLexer.IF ->
              true;
          default -> false;
        };
  }

  /** As {@link #startsValue}, and it cannot continue the value before it. */
  static boolean startsPlainValue(Token token) {
    return isName(token)
        || switch (token.getType()) {
          case SwaxLexer.NUMBER, SwaxLexer.PERCENTAGE, SwaxLexer.TEXT, SwaxLexer.PRIMED -> true;
          default -> false;
        };
  }

  /** Whether a value may end with this. */
  static boolean endsValue(Token token) {
    return startsPlainValue(token) || closes(token) || token.getType() == SwaxLexer.UNIT;
  }

  /** Whether a value must come after this. */
  static boolean awaitsValue(Token token) {
    return opens(token)
        || switch (token.getType()) {
          case SwaxLexer.IF,
              SwaxLexer.THEN,
              SwaxLexer.ELSE,
              SwaxLexer.IN,
              SwaxLexer.UNTIL,
              SwaxLexer.AND,
              SwaxLexer.OR,
              SwaxLexer.NOT,
              SwaxLexer.EXPECT,
              SwaxLexer.WITHIN,
              SwaxLexer.ASSIGN,
              SwaxLexer.COLON,
              SwaxLexer.COMMA ->
              true;
          default -> token.getType() >= SwaxLexer.EQUAL && token.getType() <= SwaxLexer.RANGE;
        };
  }
}
