package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.grammar.SwaxParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Spans of what the parser found, and the two leaves that every builder needs. */
record Places(SourceFile file) {

  Span span(ParserRuleContext context) {
    return span(context.getStart()).to(span(context.getStop()));
  }

  Span span(Token token) {
    return Lexeme.span(file, token);
  }

  Expression.Name name(SwaxParser.NameContext context) {
    return new Expression.Name(span(context), context.getText(), false);
  }

  Expression.Name word(Token token) {
    return new Expression.Name(span(token), token.getText(), false);
  }

  /** {@code S'}, its text without the prime. */
  Expression.Name primed(Token token) {
    String text = token.getText();
    return new Expression.Name(span(token), text.substring(0, text.length() - 1), true);
  }

  Expression.Text text(Token token) {
    return new Expression.Text(span(token), TextEscape.value(token.getText()));
  }
}
