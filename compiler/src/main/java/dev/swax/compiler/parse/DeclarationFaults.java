package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.grammar.SwaxLexer;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/** Faults where a declaration should begin. */
final class DeclarationFaults {
  private static final List<String> KEYWORDS =
      List.of(
          "edition", "import", "let", "model", "window", "cell", "data", "train", "profile", "grid",
          "expect");

  private final Reporter reporter;
  private final List<Token> tokens;

  DeclarationFaults(Reporter reporter, List<Token> tokens) {
    this.reporter = reporter;
    this.tokens = tokens;
  }

  /** Whether {@code context} is the file itself, and the fault was reported. */
  boolean explain(RuleContext context, int at) {
    if (!(context instanceof SwaxParser.FileContext file)) {
      return false;
    }
    Token token = tokens.get(at);
    if (at > 0 && !reporter.lines().begin(token)) {
      return token.getType() == SwaxLexer.ASSIGN && comparison(file, token);
    }
    Token next = tokens.get(Math.min(at + 1, tokens.size() - 1));
    if (Lexeme.isName(token) && next.getType() == SwaxLexer.ASSIGN) {
      reporter.report(
          Code.UNKNOWN_DECLARATION,
          token,
          "a value at the top of a file is declared with `let`",
          "write `let %s = …`".formatted(Quote.shorten(token.getText())));
      return true;
    }
    Optional<String> nearest =
        Lexeme.isName(token) ? DidYouMean.help(token.getText(), KEYWORDS) : Optional.empty();
    reporter.report(
        Code.UNKNOWN_DECLARATION,
        token,
        "%s does not begin a declaration".formatted(Quote.of(token)),
        nearest.orElse(null));
    return true;
  }

  /** `expect a = b`. */
  private boolean comparison(SwaxParser.FileContext file, Token token) {
    boolean comparing =
        file.getChildCount() > 0
            && file.getChild(file.getChildCount() - 1) instanceof SwaxParser.DeclarationContext last
            && last.expectDeclaration() != null;
    if (!comparing) {
      return false;
    }
    reporter.report(
        Code.WRONG_EQUALS, token, "`=` sets a value; a comparison is written `==`", "write `==`");
    return true;
  }
}
