package dev.swax.compiler.parse;

import dev.swax.compiler.source.SourceFile;
import dev.swax.grammar.SwaxParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
  private final SourceFile file;
  private final List<Token> tokens;
  private final Explanation explanation;
  private final int[] depth;
  private final int[] partner;

  Recovery(SourceFile file, List<Token> tokens, Explanation explanation) {
    this.file = file;
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
    RuleContext items = parser.getContext();
    if (!holdsItems(items) || !loops(state)) {
      return;
    }
    IntervalSet next = parser.getATN().nextTokens(state);
    while (!next.contains(parser.getInputStream().LA(1))) {
      int at = position(parser);
      if (!inErrorRecoveryMode(parser) || startsItem(items, at)) {
        beginErrorCondition(parser);
        explanation.report(parser.getContext(), at);
      }
      int resumption = resumption(items, at + 1);
      passTo(parser, resumption);
      if (position(parser) != resumption || resumption == tokens.size() - 1) {
        return;
      }
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
    RuleContext items = context;
    while (!holdsItems(items) || isUnopened(items)) {
      items = items.parent;
    }
    if (items instanceof SwaxParser.FileContext) {
      return resumption(at, tokens.size() - 1, 0, items);
    }
    int open = ((ParserRuleContext) items).getStart().getTokenIndex();
    return resumption(at, partner[open], depth[open] + 1, items);
  }

  private static boolean isUnopened(RuleContext items) {
    return !(items instanceof SwaxParser.FileContext)
        && !Lexeme.opens(((ParserRuleContext) items).getStart());
  }

  private int resumption(int from, int end, int level, RuleContext items) {
    for (int at = from; at < end; at++) {
      if (depth[at] == level && startsItem(items, at)) {
        return at;
      }
    }
    return Math.max(from, end);
  }

  private boolean startsItem(RuleContext items, int at) {
    return switch (items) {
      case SwaxParser.FileContext _ -> Items.startsDeclaration(file, tokens, at);
      case SwaxParser.ReplacementsContext _ -> Items.startsReplacement(tokens, at);
      default -> Items.startsBodyItem(file, tokens, at);
    };
  }

  private static boolean holdsItems(RuleContext context) {
    return switch (context) {
      case SwaxParser.FileContext _,
          SwaxParser.BodyContext _,
          SwaxParser.ProfileBodyContext _,
          SwaxParser.CellBodyContext _,
          SwaxParser.GridBodyContext _,
          SwaxParser.ReplacementsContext _ ->
          true;
      default -> false;
    };
  }

  private static void passTo(Parser parser, int index) {
    while (parser.getCurrentToken().getTokenIndex() < index) {
      parser.consume();
    }
  }
}
