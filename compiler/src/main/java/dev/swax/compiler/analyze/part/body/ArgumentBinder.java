package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a call gives to each argument of a function. */
final class ArgumentBinder {
  private final PartBody body;

  ArgumentBinder(PartBody body) {
    this.body = body;
  }

  /** The arguments by name, or null after a report. */
  @Nullable SequencedMap<String, Expression> bind(
      PartFunction.Signature function, Expression.Call call) {
    var bound = new LinkedHashMap<String, Expression>();
    int position = 0;
    boolean fits = true;
    for (Expression.Argument argument : call.arguments()) {
      String name = argument.name() == null ? null : argument.name().text();
      if (name == null) {
        if (position >= function.required()) {
          fits = misfit(argument.span(), tooMany(function), named(function));
          continue;
        }
        name = function.arguments().get(position++);
      } else if (!function.arguments().contains(name)) {
        fits =
            misfit(
                argument.span(),
                "`%s` has no argument `%s`".formatted(function.text(), name),
                DidYouMean.choices(name, function.arguments()).orElse(null));
        continue;
      }
      if (bound.put(name, argument.value()) != null) {
        fits = misfit(argument.span(), "`%s` is given twice".formatted(name), null);
      }
    }
    for (String name : function.arguments().subList(0, function.required())) {
      if (fits && !bound.containsKey(name)) {
        String message = "`%s` expects `%s`, which is missing".formatted(function.text(), name);
        fits = misfit(call.span(), message, null);
      }
    }
    return fits ? bound : null;
  }

  private static String tooMany(PartFunction.Signature function) {
    return "`%s` takes %d argument%s without a name"
        .formatted(function.text(), function.required(), function.required() == 1 ? "" : "s");
  }

  private static @Nullable String named(PartFunction.Signature function) {
    var rest = function.arguments().subList(function.required(), function.arguments().size());
    return rest.isEmpty() ? null : "name it: `%s: …`".formatted(String.join(": …`, `", rest));
  }

  private boolean misfit(Span span, String message, @Nullable String help) {
    body.report(Code.CELL_ARGUMENTS, span, message, help);
    return false;
  }
}
