package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.grammar.SwaxLexer;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Says in the user's words why parsing stopped at a word or sign. The first reason that fits. */
final class Explanation {
  private final Reporter reporter;
  private final List<Token> tokens;
  private final NumberFaults numbers;
  private final DeclarationFaults declarations;

  Explanation(Reporter reporter, List<Token> tokens) {
    this.reporter = reporter;
    this.tokens = tokens;
    this.numbers = new NumberFaults(reporter, tokens);
    this.declarations = new DeclarationFaults(reporter, tokens);
  }

  /** Reports the fault at {@code at}, met while reading {@code context}. */
  void report(RuleContext context, int at) {
    Token token = tokens.get(at);
    if (token.getType() != Token.EOF && token.getStopIndex() < token.getStartIndex()) {
      return; // a bracket that was put in, so a fault that has been reported
    }
    boolean explained =
        numbers.explain(at)
            || equalsSign(context, at)
            || declarations.explain(context, at)
            || name(context, at)
            || missingWord(context, at)
            || missingComma(context, at)
            || missingEquals(context, at)
            || missingValue(at);
    if (!explained) {
      misplaced(context, at);
    }
  }

  private boolean equalsSign(RuleContext context, int at) {
    Token token = tokens.get(at);
    String before = at == 0 ? "" : tokens.get(at - 1).getText();
    switch (token.getType()) {
      case SwaxLexer.ASSIGN -> {
        if (context instanceof SwaxParser.ArgumentsContext && Lexeme.isName(tokens.get(at - 1))) {
          wrongEquals(at, "the argument `%s` is given with `:`".formatted(before), before + ": …");
          return true;
        }
        if (context instanceof SwaxParser.OutcomesContext
            || context instanceof SwaxParser.OutcomeContext) {
          wrongEquals(at, "a window and its probability have `:` between them", before + ": …");
          return true;
        }
        if (Constructs.comparesIn(context)) {
          wrongEquals(at, "`=` gives a value; comparing is written `==`", before + " == …");
          return true;
        }
        return false;
      }
      case SwaxLexer.COLON, SwaxLexer.EQUAL -> {
        if (!Constructs.takesEquals(context)) {
          return false;
        }
        String sign = token.getText();
        wrongEquals(
            at,
            "`%s` is given its value with `=`, not with `%s`".formatted(before, sign),
            before + " = …");
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private void wrongEquals(int at, String message, String example) {
    reporter.report(Code.WRONG_EQUALS, tokens.get(at), message, "write `%s`".formatted(example));
  }

  private boolean name(RuleContext context, int at) {
    if (!(context instanceof SwaxParser.NameContext) || at == 0) {
      return false;
    }
    Token token = tokens.get(at);
    if (Lexeme.isReserved(token)) {
      reporter.report(
          Code.RESERVED_WORD,
          token,
          "`%s` is a word of the language, so nothing can be called that"
              .formatted(token.getText()),
          "choose another name, such as `%s_`".formatted(token.getText()));
      return true;
    }
    reporter.report(
        Code.MISSING_NAME,
        token,
        "a name is missing between `%s` and %s"
            .formatted(tokens.get(at - 1).getText(), quoted(token)),
        null);
    return true;
  }

  private boolean missingWord(RuleContext context, int at) {
    Constructs.Form form = Constructs.formOf(context, tokens, at);
    if (form == null) {
      return false;
    }
    reporter.report(
        Code.MISSING_WORD,
        tokens.get(at),
        "%s needs %s before %s".formatted(form.construct(), form.missing(), quoted(tokens.get(at))),
        "write `%s`".formatted(form.example()));
    return true;
  }

  private boolean missingComma(RuleContext context, int at) {
    Token token = tokens.get(at);
    String part = Constructs.partOf(context);
    if (part == null || at == 0 || !Lexeme.endsValue(tokens.get(at - 1))) {
      return false;
    }
    if (!Lexeme.startsPlainValue(token) && !Lexeme.opens(token)) {
      return false;
    }
    reporter.report(
        Code.MISSING_COMMA,
        token,
        "a comma is missing between this %s and `%s` before it"
            .formatted(part, tokens.get(at - 1).getText()),
        "write `, %s`".formatted(token.getText()));
    return true;
  }

  private boolean missingEquals(RuleContext context, int at) {
    if (at == 0 || !Constructs.takesEquals(context) || !Constructs.awaitsEquals(context)) {
      return false;
    }
    Token token = tokens.get(at);
    String key = tokens.get(at - 1).getText();
    boolean valueFollows = Lexeme.startsValue(token);
    reporter.report(
        Code.MISSING_EQUALS,
        token,
        valueFollows
            ? "`%s` needs `=` before its value".formatted(key)
            : "`%s` needs `=` and a value before %s".formatted(key, quoted(token)),
        "write `%s = %s`".formatted(key, valueFollows ? token.getText() : "…"));
    return true;
  }

  private boolean missingValue(int at) {
    Token token = tokens.get(at);
    if (at == 0 || !Lexeme.awaitsValue(tokens.get(at - 1))) {
      return false;
    }
    reporter.report(
        Code.MISSING_VALUE,
        token,
        "a value is missing between `%s` and %s"
            .formatted(tokens.get(at - 1).getText(), quoted(token)),
        null);
    return true;
  }

  private void misplaced(RuleContext context, int at) {
    String item = Constructs.itemOf(context);
    Token token = tokens.get(at);
    if (item != null) {
      reporter.report(
          Code.MISPLACED,
          token,
          "%s does not begin %s".formatted(quoted(token), item),
          Constructs.exampleOf(context));
      return;
    }
    reporter.report(
        Code.MISPLACED,
        token,
        at == 0
            ? "%s cannot stand here".formatted(quoted(token))
            : "%s cannot follow `%s`".formatted(quoted(token), tokens.get(at - 1).getText()),
        help(token));
  }

  private static @Nullable String help(Token token) {
    return switch (token.getType()) {
      case SwaxLexer.IF -> "write `if condition then one else other`";
      case SwaxLexer.EQUAL, SwaxLexer.ASSIGN -> "leave it out";
      case SwaxLexer.AT -> "write `@assumed(\"why\")` after the value";
      default -> null;
    };
  }

  static String quoted(Token token) {
    return token.getType() == Token.EOF ? "the end of the file" : "`" + token.getText() + "`";
  }
}
