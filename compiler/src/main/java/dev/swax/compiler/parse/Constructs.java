package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.grammar.SwaxLexer;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** What the rules of the grammar are called in messages. */
final class Constructs {
  private static final List<String> ROW_WORDS = List.of("lower", "higher", "format");

  private Constructs() {}

  /** A construct, the word or sign that it lacks, and how it looks when whole. */
  record Form(String construct, String missing, String example) {}

  /** Whether {@code =} in this place can only have been meant as {@code ==}. */
  static boolean comparesIn(RuleContext context) {
    return switch (context) {
      case SwaxParser.ConditionalExpressionContext _,
          SwaxParser.ParenthesizedPrimaryContext _,
          SwaxParser.PlaceContext _,
          SwaxParser.ListContext _ ->
          true;
      case SwaxParser.ComprehensionContext _ -> has(context, SwaxParser.IN);
      default -> false;
    };
  }

  /** Whether the construct gives a value with {@code =}. */
  static boolean takesEquals(RuleContext context) {
    return switch (context) {
      case SwaxParser.EntryContext _,
          SwaxParser.LetDeclarationContext _,
          SwaxParser.ModelDeclarationContext _,
          SwaxParser.WindowDeclarationContext _,
          SwaxParser.SettingContext _,
          SwaxParser.ReplacementContext _,
          SwaxParser.PlacementContext _,
          SwaxParser.GridItemContext _,
          SwaxParser.StatementContext _ ->
          true;
      default -> false;
    };
  }

  /** Whether the {@code =} of the construct has not been met. */
  static boolean awaitsEquals(RuleContext context) {
    return !has(context, SwaxParser.ASSIGN);
  }

  /** The construct that lacks a word at {@code at}, or null. */
  static @Nullable Form formOf(RuleContext context, List<Token> tokens, int at) {
    return switch (context) {
      case SwaxParser.ConditionalExpressionContext _ ->
          new Form(
              "`if`",
              has(context, SwaxParser.THEN) ? "`else`" : "`then`",
              "if condition then one else other");
      case SwaxParser.UntilExpressionContext _ ->
          new Form("`until`", "`then`", "first until 90% then second");
      case SwaxParser.ComprehensionContext _
          when has(context, SwaxParser.FOR) && !has(context, SwaxParser.IN) ->
          new Form("`for`", "`in`", "for i in 0..8");
      case SwaxParser.BindingContext _ when has(context, SwaxParser.FOR) ->
          new Form("`for`", "`in`", "for w in [128, 256]");
      case SwaxParser.ImportingContext _ ->
          new Form("`import`", "a path in quotes", "import \"std/cells\"");
      case SwaxParser.EditionContext _ -> new Form("`edition`", "a number", "edition 1");
      case SwaxParser.AssumptionContext _ ->
          new Form("`@`", "`assumed(\"why\")`", "@assumed(\"not stated\")");
      case SwaxParser.OutcomeContext _ ->
          new Form("each window of `sample`", "`:` and a probability", "128: 50%");
      case SwaxParser.RowFormatContext _ ->
          new Form("`format`", "a pattern in quotes", "format \"0.000\"");
      case SwaxParser.ReplacementsContext _ when isUnopened(context) ->
          new Form("`with`", "`{`", "with { key = value }");
      case SwaxParser.OutcomesContext _ when isUnopened(context) ->
          new Form("`sample per batch`", "`{`", "sample per batch { 128: 50%, 2048: rest }");
      case SwaxParser.ModelDeclarationContext _ ->
          new Form("a model", "`{` or `=`", "model name { … }");
      case SwaxParser.TrainDeclarationContext _ ->
          new Form("a train block", "`{` or `=`", "train name { … }");
      default -> formOfBody(context, tokens, at);
    };
  }

  private static @Nullable Form formOfBody(RuleContext context, List<Token> tokens, int at) {
    if (isBody(context) && isUnopened(context)) {
      String name = tokens.get(at - 1).getText();
      return new Form("`%s`".formatted(name), "`{`", name + " { … }");
    }
    return context instanceof SwaxParser.GridItemContext ? formOfGridItem(tokens, at) : null;
  }

  private static @Nullable Form formOfGridItem(List<Token> tokens, int at) {
    return switch (tokens.get(at - 1).getType()) {
      case SwaxLexer.COLUMN ->
          new Form("`column`", "a label in quotes", "column \"SWA\" = swa_only()");
      case SwaxLexer.ROW -> new Form("`row`", "a label", "row \"perplexity\" = perplexity(code)");
      case SwaxLexer.REFERENCE ->
          new Form("`reference`", "a path in quotes", "reference \"table1.csv\" within 0.0005");
      case SwaxLexer.FIGURE ->
          new Form("`figure`", "a title in quotes", "figure \"Training\" = curves()");
      case SwaxLexer.USING -> new Form("`using`", "the name of a train block", "using paper");
      default -> null;
    };
  }

  /** What the parts between commas are called in this construct, or null. */
  static @Nullable String partOf(RuleContext context) {
    return switch (context) {
      case SwaxParser.ArgumentsContext _ -> "argument";
      case SwaxParser.ListContext _ -> "element";
      case SwaxParser.ParametersContext _ -> "parameter";
      case SwaxParser.ShapeContext _ -> "size";
      case SwaxParser.OutcomesContext _ -> "window";
      default -> null;
    };
  }

  /** What the items of this body are called, or null if it is not a body. */
  static @Nullable String itemOf(RuleContext context) {
    return switch (context) {
      case SwaxParser.BodyContext _, SwaxParser.ProfileBodyContext _ -> "a setting";
      case SwaxParser.PartBodyContext _ -> "a line of a cell";
      case SwaxParser.GridBodyContext _ -> "a line of a grid";
      case SwaxParser.ReplacementsContext _ -> "an override";
      default -> null;
    };
  }

  /** How an item of this body looks. */
  static String exampleOf(RuleContext context) {
    return switch (context) {
      case SwaxParser.ProfileBodyContext _ -> "write `train.seq = 512 tok`";
      case SwaxParser.PartBodyContext _ -> "write `name = value` or `state S: [key, value]`";
      case SwaxParser.GridBodyContext _ -> "write `column \"label\" = model` or `row name = value`";
      default -> "write `name = value`";
    };
  }

  /** What to type instead of something that has no place, or null. */
  static @Nullable String helpFor(RuleContext context, Token token) {
    return switch (token.getType()) {
      case SwaxLexer.IF -> "write `if condition then one else other`";
      case SwaxLexer.AT -> "write `@assumed(\"why\")` behind the value";
      default ->
          context instanceof SwaxParser.GridItemContext
              ? DidYouMean.help(token.getText(), ROW_WORDS).orElse(null)
              : null;
    };
  }

  private static boolean isBody(RuleContext context) {
    return switch (context) {
      case SwaxParser.BodyContext _,
          SwaxParser.ProfileBodyContext _,
          SwaxParser.PartBodyContext _,
          SwaxParser.GridBodyContext _ ->
          true;
      default -> false;
    };
  }

  private static boolean isUnopened(RuleContext context) {
    return context.getChildCount() == 0;
  }

  private static boolean has(RuleContext context, int type) {
    ParserRuleContext rule = (ParserRuleContext) context;
    for (int child = 0; child < rule.getChildCount(); child++) {
      if (rule.getChild(child) instanceof TerminalNode leaf && leaf.getSymbol().getType() == type) {
        return true;
      }
    }
    return false;
  }
}
