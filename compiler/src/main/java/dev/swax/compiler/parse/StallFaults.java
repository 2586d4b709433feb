package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.grammar.SwaxLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** A {@code when} that does not go on as the only one that there is. */
final class StallFaults {
  private static final List<Integer> WORDS =
      List.of(SwaxLexer.VALIDATION, SwaxLexer.STALLS, SwaxLexer.FOR);

  private final Reporter reporter;
  private final List<Token> tokens;

  StallFaults(Reporter reporter, List<Token> tokens) {
    this.reporter = reporter;
    this.tokens = tokens;
  }

  /** Reports the first word behind a {@code when} that is another, if that led to the fault. */
  boolean explain(int fault) {
    for (int when = fault; when > 0 && when >= fault - WORDS.size(); when--) {
      if (tokens.get(when).getType() == SwaxLexer.WHEN
          && tokens.get(when - 1).getType() == SwaxLexer.ASSIGN) {
        return explain(when, fault);
      }
    }
    return false;
  }

  private boolean explain(int when, int fault) {
    for (int i = 0; i < WORDS.size() && when + i < fault + 1; i++) {
      Token token = tokens.get(Math.min(when + 1 + i, tokens.size() - 1));
      if (token.getType() != WORDS.get(i)) {
        reporter.report(
            Code.MISSING_WORD,
            token,
            "`when` goes on with `validation stalls for` and a number, but here is %s"
                .formatted(Quote.of(token)),
            "write `when validation stalls for 5`");
        return true;
      }
    }
    return false;
  }
}
