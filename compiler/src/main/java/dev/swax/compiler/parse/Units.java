package dev.swax.compiler.parse;

import dev.swax.grammar.SwaxLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Tells the unit of {@code 5 tok} from the key of {@code a = 5 tok = 3}, before the file is parsed:
 * by the sign that follows. Left to the grammar it would take all of what follows.
 */
final class Units {
  private Units() {}

  /** The same words and signs, those that are units marked as such. */
  static List<Token> mark(List<Token> tokens, Lines lines) {
    List<Token> marked = new ArrayList<>(tokens);
    for (int at = 1; at < tokens.size() - 1; at++) {
      Token token = tokens.get(at);
      boolean word = token.getType() == SwaxLexer.TOK || token.getType() == SwaxLexer.STEP;
      boolean counted = marked.get(at - 1).getType() == SwaxLexer.NUMBER;
      if (word && counted && !isKey(token, tokens.get(at + 1), lines)) {
        marked.set(at, Lexeme.as(SwaxLexer.UNIT, token));
      }
    }
    return marked;
  }

  /** Whether a value is given here: {@code tok =}, or {@code tok.seq =} at the start of a line. */
  private static boolean isKey(Token word, Token next, Lines lines) {
    return switch (next.getType()) {
      case SwaxLexer.ASSIGN -> true;
      case SwaxLexer.DOT, SwaxLexer.COMMA, SwaxLexer.COLON -> lines.begin(word);
      default -> false;
    };
  }
}
