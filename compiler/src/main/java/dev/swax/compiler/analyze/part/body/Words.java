package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments that are one of a few words. */
final class Words {
  private Words() {}

  /** The word that is given, or the first where none is; null after a report. */
  static @Nullable String of(
      PartBody body, String argument, @Nullable Expression given, List<String> words) {
    if (given == null) {
      return words.getFirst();
    }
    if (given instanceof Expression.Name name && words.contains(name.text())) {
      return name.text();
    }
    misfit(body, argument, given, words);
    return null;
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
