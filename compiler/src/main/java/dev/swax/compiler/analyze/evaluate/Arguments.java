package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Sorts a call's arguments to the names that the callee knows. */
public final class Arguments {
  private final Evaluator evaluator;

  /**
   * Arguments by their names.
   *
   * @param fits whether each had one
   */
  record Matched(SequencedMap<String, Expression> given, boolean fits) {}

  public Arguments(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * The argument of each name.
   *
   * @param positional the names that arguments without a name go to, in order
   * @param known every name that an argument may have
   * @return null after a report
   */
  public @Nullable SequencedMap<String, Expression> match(
      Expression.Call call, List<String> positional, List<String> known) {
    Matched matched = sort(call, positional, known);
    return matched.fits() ? matched.given() : null;
  }

  /** What {@link #match} gives, with the arguments that do have a name where others do not. */
  Matched sort(Expression.Call call, List<String> positional, List<String> known) {
    SequencedMap<String, Expression> matched = new LinkedHashMap<>();
    boolean fits = true;
    int next = 0;
    for (Expression.Argument argument : call.arguments()) {
      String name = name(call, argument, next, positional, known);
      next += argument.name() == null ? 1 : 0;
      if (name == null) {
        fits = false;
      } else if (matched.putIfAbsent(name, argument.value()) != null) {
        fits = false;
        evaluator.report(
            Code.DUPLICATE_NAME, argument.span(), "`%s` is given twice".formatted(name), null);
      }
    }
    return new Matched(matched, fits);
  }

  private @Nullable String name(
      Expression.Call call,
      Expression.Argument argument,
      int next,
      List<String> positional,
      List<String> known) {
    Expression.Name name = argument.name();
    if (name == null) {
      if (next < positional.size()) {
        return positional.get(next);
      }
      evaluator.report(
          Code.TOO_MANY_ARGUMENTS,
          argument.span(),
          "`%s` takes %s".formatted(call.callee().text(), count(positional.size())),
          null);
      return null;
    }
    if (known.contains(name.text())) {
      return name.text();
    }
    evaluator.report(
        Code.UNKNOWN_KEY,
        name.span(),
        "`%s` has no argument `%s`".formatted(call.callee().text(), name.text()),
        help(name.text(), known));
    return null;
  }

  private static String count(int arguments) {
    return switch (arguments) {
      case 0 -> "no arguments";
      case 1 -> "one argument";
      default -> "at most %d arguments".formatted(arguments);
    };
  }

  /** The nearest known name, or all of them where they are few. */
  public static @Nullable String help(String name, List<String> known) {
    return DidYouMean.choices(name, known).orElse(null);
  }
}
