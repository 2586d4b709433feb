package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.grammar.SwaxLexer;
import dev.swax.grammar.SwaxParser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/** Says in the user's words why parsing stopped at a word or sign. The first reason that fits. */
final class Explanation {
  private final Reporter reporter;
  private final List<Token> tokens;
  private final NumberFaults numbers;
  private final EqualsFaults equals;
  private final DeclarationFaults declarations;
  private final StallFaults stalls;
  private final Set<RuleContext> explainedLets = new LinkedHashSet<>();

  Explanation(Reporter reporter, List<Token> tokens) {
    this.reporter = reporter;
    this.tokens = tokens;
    this.numbers = new NumberFaults(reporter, tokens);
    this.equals = new EqualsFaults(reporter, tokens);
    this.declarations = new DeclarationFaults(reporter, tokens);
    this.stalls = new StallFaults(reporter, tokens);
  }

  /** Reports the fault at {@code at}, met while reading {@code context}. */
  void report(RuleContext context, int at) {
    if (isConsequence(at)) {
      return;
    }
    int fault = isStrayWord(context, at) ? at - 1 : at;
    boolean explained =
        numbers.explain(fault)
            || sample(fault)
            || stalls.explain(fault)
            || equals.explain(context, fault)
            || placement(context, fault)
            || (fault == at && explainInContext(context, at));
    if (!explained) {
      misplaced(context, fault);
    }
  }

  private boolean explainInContext(RuleContext context, int at) {
    return declarations.explain(context, at)
        || item(context, at)
        || name(context, at)
        || missingWord(context, at)
        || missingComma(context, at)
        || equals.missing(context, at)
        || missingValue(at);
  }

  /** Whether a bracket was put in here or a sign left out just before; that has been reported. */
  private boolean isConsequence(int at) {
    Token token = tokens.get(at);
    if (token.getType() != Token.EOF && token.getStopIndex() < token.getStartIndex()) {
      return true;
    }
    int from = at == 0 ? 0 : tokens.get(at - 1).getStopIndex() + 1;
    return reporter.hasPassedOver(from, token.getStartIndex());
  }

  /** Whether a word behind a value was taken for a key, because the line ends after it. */
  private boolean isStrayWord(RuleContext context, int at) {
    return at >= 2
        && Constructs.takesEquals(context)
        && Constructs.awaitsEquals(context)
        && context.getChildCount() <= 1
        && Lexeme.isName(tokens.get(at - 1))
        && !reporter.lines().begin(tokens.get(at - 1))
        && Lexeme.endsValue(tokens.get(at - 2))
        && (!isOnLineOfThePrevious(at) || Lexeme.closes(tokens.get(at)));
  }

  private boolean sample(int at) {
    if (at == 0 || tokens.get(at - 1).getType() != SwaxLexer.SAMPLE) {
      return false;
    }
    int type = tokens.get(at).getType();
    if (type != SwaxLexer.PER && type != SwaxLexer.LBRACE) {
      return false;
    }
    int missing = type == SwaxLexer.PER ? at + 1 : at;
    reporter.report(
        Code.MISSING_WORD,
        tokens.get(missing),
        "`sample` needs `per batch` before %s".formatted(quoted(tokens.get(missing))),
        "write `sample per batch { 128: 50%, 2048: rest }`");
    return true;
  }

  private boolean item(RuleContext context, int at) {
    String item = Constructs.itemOf(context);
    Token token = tokens.get(at);
    if (item == null || context.getChildCount() == 0 || !begins(at)) {
      return false;
    }
    if (token.getType() == SwaxLexer.LET && context instanceof SwaxParser.ReplacementsContext) {
      letInWith(context, token, at);
      return true;
    }
    reporter.report(
        Code.MISPLACED,
        token,
        "%s does not begin %s".formatted(quoted(token), item),
        Constructs.exampleOf(context));
    return true;
  }

  /** Of several in the same {@code with}, the first says it for all. */
  private void letInWith(RuleContext with, Token let, int at) {
    if (explainedLets.add(with)) {
      Token name = tokens.get(Math.min(at + 1, tokens.size() - 1));
      reporter.report(
          Code.MISPLACED,
          let,
          "`with` takes no `let`: it gives other values to names that are there",
          "write `%s = …`".formatted(Lexeme.isName(name) ? Quote.shorten(name.getText()) : "name"));
    }
  }

  /** Whether an item was to begin here, rather than the value before it to go on. */
  private boolean begins(int at) {
    return at == 0
        || reporter.lines().begin(tokens.get(at))
        || !Lexeme.endsValue(tokens.get(at - 1));
  }

  private boolean name(RuleContext context, int at) {
    boolean parameter =
        context instanceof SwaxParser.ParametersContext
            && at > 0
            && !Lexeme.endsValue(tokens.get(at - 1));
    if (at == 0 || !(parameter || context instanceof SwaxParser.NameContext)) {
      return false;
    }
    Token token = tokens.get(at);
    if (Lexeme.isReserved(token) && isOnLineOfThePrevious(at)) {
      reporter.report(
          Code.RESERVED_WORD,
          token,
          "`%s` is a reserved word, so it cannot be a name".formatted(token.getText()),
          "choose another name, such as `%s_`".formatted(token.getText()));
      return true;
    }
    reporter.report(Code.MISSING_NAME, place(at), "a name is missing " + whereBetween(at), null);
    return true;
  }

  private boolean missingWord(RuleContext context, int at) {
    Constructs.Form form = Constructs.formOf(context, tokens, at);
    if (form == null) {
      return false;
    }
    String needs = "%s needs %s".formatted(form.construct(), form.missing());
    boolean said = form.construct().equals(quoted(tokens.get(Math.max(0, at - 1))));
    reporter.report(
        Code.MISSING_WORD,
        place(at),
        said && !isOnLineOfThePrevious(at) ? needs : needs + " " + where(at),
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
        "a comma is missing between this %s and %s before it"
            .formatted(part, quoted(tokens.get(at - 1))),
        "write `, %s`".formatted(Quote.shorten(token.getText())));
    return true;
  }

  /** Whether {@code (} or {@code -} went on with a value where the next place was meant. */
  private boolean placement(RuleContext context, int at) {
    if (!(context instanceof SwaxParser.ReplacementsContext)
        || tokens.get(at).getType() != SwaxLexer.ASSIGN) {
      return false;
    }
    int start = placeBefore(at);
    if (start < 2 || !Lexeme.endsValue(tokens.get(start - 1))) {
      return false;
    }
    String written =
        reporter
            .file()
            .text()
            .substring(tokens.get(start).getStartIndex(), tokens.get(at - 1).getStopIndex() + 1);
    reporter.report(
        Code.MISSING_COMMA,
        tokens.get(start),
        "a comma is missing between this position and %s before it"
            .formatted(quoted(tokens.get(start - 1))),
        "write `, %s = …`".formatted(Quote.shorten(written)));
    return true;
  }

  /** Where {@code -1} or {@code (a + b)} that ends before {@code at} begins, or -1. */
  private int placeBefore(int at) {
    int depth = 0;
    for (int start = at - 1; start >= 0; start--) {
      Token token = tokens.get(start);
      depth += Lexeme.closes(token) ? 1 : Lexeme.opens(token) ? -1 : 0;
      if (depth == 0) {
        boolean negative =
            token.getType() == SwaxLexer.NUMBER
                && start > 0
                && tokens.get(start - 1).getType() == SwaxLexer.MINUS;
        return token.getType() == SwaxLexer.LPAREN ? start : negative ? start - 1 : -1;
      }
    }
    return -1;
  }

  private boolean missingValue(int at) {
    if (at == 0 || !Lexeme.awaitsValue(tokens.get(at - 1))) {
      return false;
    }
    reporter.report(Code.MISSING_VALUE, place(at), "a value is missing " + whereBetween(at), null);
    return true;
  }

  private void misplaced(RuleContext context, int at) {
    Token token = tokens.get(at);
    reporter.report(
        Code.MISPLACED,
        token,
        at == 0
            ? "%s cannot stand here".formatted(quoted(token))
            : "%s cannot follow %s".formatted(quoted(token), quoted(tokens.get(at - 1))),
        Constructs.helpFor(context, token));
  }

  /** The word at {@code at}, or the end of the one before it if that is on an earlier line. */
  private Span place(int at) {
    if (isOnLineOfThePrevious(at)) {
      return Lexeme.span(reporter.file(), tokens.get(at));
    }
    int end = tokens.get(at - 1).getStopIndex() + 1;
    return new Span(reporter.file(), end, end);
  }

  private String where(int at) {
    return isOnLineOfThePrevious(at)
        ? "before " + quoted(tokens.get(at))
        : "after " + quoted(tokens.get(at - 1));
  }

  private String whereBetween(int at) {
    return isOnLineOfThePrevious(at)
        ? "between %s and %s".formatted(quoted(tokens.get(at - 1)), quoted(tokens.get(at)))
        : "after " + quoted(tokens.get(at - 1));
  }

  private boolean isOnLineOfThePrevious(int at) {
    Token token = tokens.get(at);
    return token.getType() != Token.EOF && !reporter.lines().begin(token);
  }

  private static String quoted(Token token) {
    return Quote.of(token);
  }
}
