package dev.swax.compiler.parse;

import dev.swax.grammar.SwaxParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;

/** Tells what was read whole from what has a fault in it. */
final class Whole {
  private Whole() {}

  /** Whether nothing in it has a fault. */
  static boolean is(ParseTree tree) {
    return isBeside(tree, _ -> false);
  }

  /** Whether a declaration can be built without those items of its body that have a fault. */
  static boolean isButForItems(ParseTree declaration) {
    return isBeside(declaration, part -> isItem(part) || isBetweenItems(part));
  }

  /** Those without a fault. */
  static <T extends ParserRuleContext> List<T> of(List<T> items) {
    return items.stream().filter(Whole::is).toList();
  }

  private static boolean isBeside(ParseTree tree, Predicate<ParseTree> passedOver) {
    Deque<ParseTree> open = new ArrayDeque<>();
    open.push(tree);
    while (!open.isEmpty()) {
      ParseTree part = open.pop();
      if (passedOver.test(part)) {
        continue;
      }
      if (part instanceof ErrorNode
          || (part instanceof ParserRuleContext rule && rule.exception != null)) {
        return false;
      }
      for (int child = 0; child < part.getChildCount(); child++) {
        open.push(part.getChild(child));
      }
    }
    return true;
  }

  private static boolean isItem(ParseTree part) {
    return switch (part) {
      case SwaxParser.EntryContext _,
          SwaxParser.SettingContext _,
          SwaxParser.StatementContext _,
          SwaxParser.GridItemContext _ ->
          true;
      default -> false;
    };
  }

  /** Words that belong to no item. */
  private static boolean isBetweenItems(ParseTree part) {
    return part instanceof ErrorNode
        && switch (part.getParent()) {
          case SwaxParser.BodyContext _,
              SwaxParser.ProfileBodyContext _,
              SwaxParser.PartBodyContext _,
              SwaxParser.GridBodyContext _ ->
              true;
          default -> false;
        };
  }
}
