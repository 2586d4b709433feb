package dev.swax.compiler.parse;

import dev.swax.grammar.SwaxParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Goes on after a fault at the next item of the innermost braces, or at the next declaration. Never
 * guesses a missing word; what it reports comes from {@link Explanation}.
 */
final class Recovery extends DefaultErrorStrategy {
  private final Items items;
  private final List<Token> tokens;
  private final Explanation explanation;
  private final int[] depth;
  private final int[] partner;

  Recovery(Lines lines, List<Token> tokens, Explanation explanation) {
    this.items = new Items(lines, tokens);
    this.tokens = tokens;
    this.explanation = explanation;
    this.depth = new int[tokens.size()];
    this.partner = new int[tokens.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int at = 0; at < tokens.size(); at++) {
      if (Lexeme.closes(tokens.get(at))) {
        partner[open.pop()] = at;
      }
      depth[at] = open.size();
      if (Lexeme.opens(tokens.get(at))) {
        open.push(at);
      }
    }
  }

  @Override
  public void reportError(Parser parser, RecognitionException fault) {
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      explanation.report(parser.getContext(), fault.getOffendingToken().getTokenIndex());
    }
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  /** Between the items of a file or body: anything that cannot begin an item is passed over. */
  @Override
  public void sync(Parser parser) {
    ATNState state = parser.getInterpreter().atn.states.get(parser.getState());
    RuleContext body = parser.getContext();
    if (!holdsItems(body) || !loops(state)) {
      return;
    }
    IntervalSet next = parser.getATN().nextTokens(state);
    while (!next.contains(parser.getInputStream().LA(1))) {
      int at = position(parser);
      if (!inErrorRecoveryMode(parser) || itemOf(body).test(at)) {
        beginErrorCondition(parser);
        explanation.report(parser.getContext(), at);
      }
      if (at == end()) {
        return;
      }
      passTo(parser, resumption(body, at + 1));
    }
  }

  @Override
  public void recover(Parser parser, RecognitionException fault) {
    int at = Math.max(position(parser), fault.getOffendingToken().getTokenIndex());
    passTo(parser, resumption(parser.getContext(), at));
  }

  private static int position(Parser parser) {
    return parser.getCurrentToken().getTokenIndex();
  }

  private static boolean loops(ATNState state) {
    return switch (state.getStateType()) {
      case ATNState.STAR_LOOP_ENTRY, ATNState.STAR_LOOP_BACK, ATNState.PLUS_LOOP_BACK -> true;
      default -> false;
    };
  }

  /** The first place at or after {@code at} where parsing of the enclosing items can go on. */
  private int resumption(RuleContext context, int at) {
    RuleContext body = context;
    boolean unopened = false;
    while (!holdsItems(body) || isUnopened(body)) {
      if (body instanceof SwaxParser.OutcomeContext) {
        return resumptionIn(body.parent, at, _ -> false);
      }
      unopened |= holdsItems(body);
      body = body.parent;
    }
    if (body instanceof SwaxParser.FileContext) {
      IntPredicate starts = unopened ? items::startsWithKeyword : items::startsDeclaration;
      return resumption(at, end(), 0, starts);
    }
    return resumptionIn(body, at, itemOf(body));
  }

  /** Between the brackets of {@code body}, at the latest at the closing one. */
  private int resumptionIn(RuleContext body, int at, IntPredicate starts) {
    int open = ((ParserRuleContext) body).getStart().getTokenIndex();
    return resumption(at, partner[open], depth[open] + 1, starts);
  }

  /** Where the file ends, which nothing passes. */
  private int end() {
    return tokens.size() - 1;
  }

  private static boolean isUnopened(RuleContext body) {
    return !(body instanceof SwaxParser.FileContext)
        && !Lexeme.opens(((ParserRuleContext) body).getStart());
  }

  private int resumption(int from, int end, int level, IntPredicate starts) {
    for (int at = from; at < end; at++) {
      if (depth[at] == level && starts.test(at)) {
        return at;
      }
    }
    return end;
  }

  /** How an item of this body begins. */
  private IntPredicate itemOf(RuleContext body) {
    return switch (body) {
      case SwaxParser.FileContext _ -> items::startsDeclaration;
      case SwaxParser.ReplacementsContext _ -> items::startsReplacement;
      default -> items::startsBodyItem;
    };
  }

  private static boolean holdsItems(RuleContext context) {
    return switch (context) {
      case SwaxParser.FileContext _,
          SwaxParser.BodyContext _,
          SwaxParser.ProfileBodyContext _,
          SwaxParser.PartBodyContext _,
          SwaxParser.GridBodyContext _,
          SwaxParser.ReplacementsContext _ ->
          true;
      default -> false;
    };
  }

  /** Consumes what stands before {@code index}, which is at most the end of the file. */
  private static void passTo(Parser parser, int index) {
    while (parser.getCurrentToken().getTokenIndex() < index) {
      parser.consume();
    }
  }
}
