package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.grammar.SwaxParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** The generated parser, stopping before values within values use up the stack. */
final class NestingLimit extends SwaxParser {
  /** Values within values beyond this are refused. */
  static final int DEEPEST = 250;

  private int depth;

  NestingLimit(TokenStream tokens) {
    super(tokens);
  }

  /** Thrown where a value lies too deep; parsing of the file ends there. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Token token;

    Exceeded(Token token) {
      super(null, null, false, false);
      this.token = token;
    }

    Token token() {
      return token;
    }
  }

  @Override
  public void enterRecursionRule(
      ParserRuleContext context, int state, int ruleIndex, int precedence) {
    depth++;
    if (depth > DEEPEST) {
      throw new Exceeded(getCurrentToken());
    }
    super.enterRecursionRule(context, state, ruleIndex, precedence);
  }

  @Override
  public void unrollRecursionContexts(ParserRuleContext parent) {
    depth--;
    super.unrollRecursionContexts(parent);
  }

  static void report(Reporter reporter, Token token) {
    reporter.report(
        Code.TOO_DEEP,
        token,
        "more than %d values lie within each other here".formatted(DEEPEST),
        "name a part with `let` and use the name");
  }
}
