package dev.swax.compiler.parse;

import dev.swax.grammar.SwaxLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Tells the unit of {@code 5 tok} from the key of {@code a = 5 tok = 3}, before the file is parsed:
 * by the sign that follows. Left to the grammar it would take all of what follows. Between {@code
 * in} and the {@code =} of a row or column no key can stand.
 */
final class Units {
  private static final int NOWHERE = -1;

  private final List<Token> marked;
  private final Lines lines;
  private int depth;

  /** How deep the list of a {@code for … in} stands whose {@code =} is still to come. */
  private int heading = NOWHERE;

  private Units(List<Token> tokens, Lines lines) {
    this.marked = new ArrayList<>(tokens);
    this.lines = lines;
  }

  /** The same words and signs, those that are units marked as such. */
  static List<Token> mark(List<Token> tokens, Lines lines) {
    var units = new Units(tokens, lines);
    for (int at = 1; at < tokens.size() - 1; at++) {
      units.pass(at);
    }
    return units.marked;
  }

  private void pass(int at) {
    Token token = marked.get(at);
    switch (token.getType()) {
      case SwaxLexer.IN -> heading = depth;
      case SwaxLexer.ASSIGN -> heading = heading == depth ? NOWHERE : heading;
      case SwaxLexer.TOK, SwaxLexer.STEP -> {
        boolean counted = marked.get(at - 1).getType() == SwaxLexer.NUMBER;
        if (counted && !isKey(token, marked.get(at + 1))) {
          marked.set(at, Lexeme.as(SwaxLexer.UNIT, token));
        }
      }
      default -> depth += Lexeme.opens(token) ? 1 : Lexeme.closes(token) ? -1 : 0;
    }
  }

  /** Whether a value is given here: {@code tok =}, or {@code tok.seq =} at the start of a line. */
  private boolean isKey(Token word, Token next) {
    return switch (next.getType()) {
      case SwaxLexer.ASSIGN -> heading != depth;
      case SwaxLexer.DOT, SwaxLexer.COMMA, SwaxLexer.COLON -> lines.begin(word);
      default -> false;
    };
  }
}
