package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.grammar.SwaxLexer;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/** Faults around `=`: missing, or one of `:`, `=` and `==` in the place of another. */
final class EqualsFaults {
  private final Reporter reporter;
  private final List<Token> tokens;

  EqualsFaults(Reporter reporter, List<Token> tokens) {
    this.reporter = reporter;
    this.tokens = tokens;
  }

  /** Whether the sign at {@code at} was the wrong one of the three, and was reported. */
  boolean explain(RuleContext context, int at) {
    if (at == 0) {
      return false;
    }
    return switch (tokens.get(at).getType()) {
      case SwaxLexer.ASSIGN -> assign(context, at);
      case SwaxLexer.COLON, SwaxLexer.EQUAL -> notAssign(context, at);
      default -> false;
    };
  }

  private boolean assign(RuleContext context, int at) {
    String before = Quote.of(tokens.get(at - 1));
    if (context instanceof SwaxParser.ArgumentsContext && Lexeme.isName(tokens.get(at - 1))) {
      report(at, "the argument %s is given with `:`, not with `=`".formatted(before), ":");
      return true;
    }
    if (context instanceof SwaxParser.OutcomeContext) {
      report(at, "a window and its probability have `:` between them, not `=`", ":");
      return true;
    }
    if (Constructs.comparesIn(context)) {
      report(at, "`=` sets a value; a comparison is written `==`", "==");
      return true;
    }
    return false;
  }

  private boolean notAssign(RuleContext context, int at) {
    if (!Constructs.takesEquals(context)) {
      return false;
    }
    report(
        at,
        "%s gets its value with `=`, not with %s"
            .formatted("`" + key(tokens.get(at - 1)) + "`", Quote.of(tokens.get(at))),
        "=");
    return true;
  }

  /** A key by its last word or sign; a place that is worked out ends in its parenthesis. */
  private static String key(Token last) {
    return last.getType() == SwaxLexer.RPAREN ? "(…)" : Quote.shorten(last.getText());
  }

  private void report(int at, String message, String sign) {
    String before = key(tokens.get(at - 1));
    Token next = tokens.get(Math.min(at + 1, tokens.size() - 1));
    String after = Lexeme.startsPlainValue(next) ? Quote.shorten(next.getText()) : "…";
    String form = sign.equals(":") ? "write `%s: %s`" : "write `%s %s %s`";
    reporter.report(
        Code.WRONG_EQUALS,
        tokens.get(at),
        message,
        sign.equals(":") ? form.formatted(before, after) : form.formatted(before, sign, after));
  }

  /** Whether the construct lacks its `=` at {@code at}; then it was reported. */
  boolean missing(RuleContext context, int at) {
    if (at == 0 || !Constructs.takesEquals(context) || !Constructs.awaitsEquals(context)) {
      return false;
    }
    Token token = tokens.get(at);
    Token key = tokens.get(at - 1);
    String name = key(key);
    boolean sameLine = token.getType() != Token.EOF && !reporter.lines().begin(token);
    boolean valueFollows = sameLine && Lexeme.startsValue(token);
    String value = Lexeme.startsPlainValue(token) ? Quote.shorten(token.getText()) : "…";
    int end = key.getStopIndex() + 1;
    reporter.report(
        Code.MISSING_EQUALS,
        valueFollows ? Lexeme.span(reporter.file(), token) : new Span(reporter.file(), end, end),
        valueFollows
            ? "`%s` needs `=` before its value".formatted(name)
            : "`%s` needs `=` and a value".formatted(name),
        "write `%s = %s`".formatted(name, valueFollows ? value : "…"));
    return true;
  }
}
