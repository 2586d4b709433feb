package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments that are one of a few words. */
final class Words {
  private Words() {}

  /**
   * The word that is given, or that a parameter has, or the first where none is; null after a
   * report.
   */
  static @Nullable String of(
      PartBody body, String argument, @Nullable Expression given, List<String> words) {
    if (given == null) {
      return words.getFirst();
    }
    String word = of(body, given);
    if (words.contains(word)) {
      return word;
    }
    misfit(body, argument, given, words);
    return null;
  }

  /** The word that is given, or that a parameter has; empty where it is none. */
  static String of(PartBody body, Expression given) {
    if (!(given instanceof Expression.Name name)) {
      return "";
    }
    return body.argument(name.text()) instanceof Argument.Word(String word) ? word : name.text();
  }

  static void misfit(PartBody body, String argument, Expression given, List<String> words) {
    String choice =
        words.size() == 1
            ? words.getFirst()
            : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    body.report(
        Code.CELL_ARGUMENTS,
        given.span(),
        "`%s` can be %s, but this is `%s`".formatted(argument, choice, given.span().words()),
        "`%s: %s`".formatted(argument, words.getLast()));
  }
}
