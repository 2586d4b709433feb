package dev.swax.compiler.parse;

import dev.swax.grammar.SwaxParser;
import java.util.ArrayDeque;
import java.util.Deque;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/** The generated parser, stopping before values within values use up the stack. */
final class NestingLimit extends SwaxParser {
  /** For each value that is being read, how many operators have taken it for their left side. */
  private final Deque<Integer> operators = new ArrayDeque<>();

  NestingLimit(TokenStream tokens) {
    super(tokens);
  }

  @Override
  public void enterRecursionRule(
      ParserRuleContext context, int state, int ruleIndex, int precedence) {
    operators.push(0);
    if (operators.size() > Beyond.VALUES) {
      throw Beyond.values(getCurrentToken());
    }
    super.enterRecursionRule(context, state, ruleIndex, precedence);
  }

  @Override
  public void pushNewRecursionContext(ParserRuleContext context, int state, int ruleIndex) {
    operators.push(operators.pop() + 1);
    if (operators.element() > Beyond.VALUES) {
      throw Beyond.values(getCurrentToken());
    }
    super.pushNewRecursionContext(context, state, ruleIndex);
  }

  @Override
  public void unrollRecursionContexts(ParserRuleContext parent) {
    operators.pop();
    super.unrollRecursionContexts(parent);
  }
}
