package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.source.Span;
import dev.swax.grammar.SwaxLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Faults around numbers: units that do not exist, `90 %`, `.5` and `1.`. */
final class NumberFaults {
  private static final List<String> UNITS = List.of("tok", "step");

  private final Reporter reporter;
  private final List<Token> tokens;

  NumberFaults(Reporter reporter, List<Token> tokens) {
    this.reporter = reporter;
    this.tokens = tokens;
  }

  /** Whether the fault at {@code at} was one of these, and was reported. */
  boolean explain(int at) {
    return unit(at) || percentWithSpace(at) || remainder(at) || halfNumber(at);
  }

  private boolean unit(int at) {
    if (at == 0 || !Lexeme.isName(tokens.get(at)) || !sameLine(at)) {
      return false;
    }
    Token number = tokens.get(at - 1);
    if (number.getType() != SwaxLexer.NUMBER || nextGivesValue(at)) {
      return false;
    }
    String word = tokens.get(at).getText();
    String nearest = nearest(word);
    reporter.report(
        Code.UNKNOWN_UNIT,
        tokens.get(at),
        "`%s` is not a unit; the units are tok, step and %%".formatted(word),
        nearest == null
            ? "write `%s tok` or `%s step`".formatted(number.getText(), number.getText())
            : "write `%s %s`".formatted(number.getText(), nearest));
    return true;
  }

  private static @Nullable String nearest(String word) {
    for (String unit : UNITS) {
      if (word.startsWith(unit)) {
        return unit;
      }
    }
    return DidYouMean.nearest(word, UNITS).orElse(null);
  }

  private boolean percentWithSpace(int at) {
    if (at < 2
        || tokens.get(at - 1).getType() != SwaxLexer.PERCENT
        || tokens.get(at - 2).getType() != SwaxLexer.NUMBER) {
      return false;
    }
    Span span =
        Lexeme.span(reporter.file(), tokens.get(at - 2))
            .to(Lexeme.span(reporter.file(), tokens.get(at - 1)));
    reporter.report(
        Code.MISSING_VALUE,
        span,
        "`%` with a space before it is a remainder, and a value is missing after it",
        "write `%s%%` for a percentage".formatted(tokens.get(at - 2).getText()));
    return true;
  }

  private boolean remainder(int at) {
    if (at == 0 || tokens.get(at - 1).getType() != SwaxLexer.PERCENTAGE || !sameLine(at)) {
      return false;
    }
    Token token = tokens.get(at);
    boolean operand = Lexeme.startsPlainValue(token) || token.getType() == SwaxLexer.LPAREN;
    if (!operand || nextGivesValue(at)) {
      return false;
    }
    String percentage = tokens.get(at - 1).getText();
    String number = percentage.substring(0, percentage.length() - 1);
    reporter.report(
        Code.MISPLACED,
        tokens.get(at - 1),
        "`%s` is a percentage, and `%s` cannot follow it".formatted(percentage, token.getText()),
        "write `%s %% %s` for the remainder".formatted(number, token.getText()));
    return true;
  }

  private boolean halfNumber(int at) {
    Token token = tokens.get(at);
    if (token.getType() == SwaxLexer.DOT
        && at + 1 < tokens.size()
        && tokens.get(at + 1).getType() == SwaxLexer.NUMBER
        && touches(at + 1)) {
      String digits = tokens.get(at + 1).getText();
      reporter.report(
          Code.MALFORMED_NUMBER,
          Lexeme.span(reporter.file(), token).to(span(at + 1)),
          "a number begins with a digit",
          "write `0.%s`".formatted(digits));
      return true;
    }
    if (at >= 2
        && tokens.get(at - 1).getType() == SwaxLexer.DOT
        && tokens.get(at - 2).getType() == SwaxLexer.NUMBER
        && touches(at - 1)) {
      String digits = tokens.get(at - 2).getText();
      reporter.report(
          Code.MALFORMED_NUMBER,
          span(at - 2).to(span(at - 1)),
          "a number ends with a digit",
          "write `%s.0`".formatted(digits));
      return true;
    }
    return false;
  }

  private Span span(int at) {
    return Lexeme.span(reporter.file(), tokens.get(at));
  }

  private boolean touches(int at) {
    return tokens.get(at - 1).getStopIndex() + 1 == tokens.get(at).getStartIndex();
  }

  private boolean sameLine(int at) {
    return !reporter.lines().begin(tokens.get(at));
  }

  private boolean nextGivesValue(int at) {
    if (at + 1 >= tokens.size()) {
      return false;
    }
    int next = tokens.get(at + 1).getType();
    return next == SwaxLexer.ASSIGN || next == SwaxLexer.COLON || next == SwaxLexer.EQUAL;
  }
}
