package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.evaluate.Selection;
import dev.swax.runtime.evaluate.Selection.Range;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Which tokens of a text count: {@code at: 1Ki..2Ki}, {@code repeated: 64..512}. */
final class GridSelections {
  private final Evaluator evaluator;
  private final Scope scope;

  GridSelections(Evaluator evaluator, Scope scope) {
    this.evaluator = evaluator;
    this.scope = scope;
  }

  /** Every token where neither is given, or after a report. */
  Selection selection(SequencedMap<String, Expression> given) {
    Range at = range("at", given.get("at")).orElse(Range.ALL);
    return new Selection(at, range("repeated", given.get("repeated")).orElse(null));
  }

  /** A range is not evaluated as a list, which has no room for long ones. */
  private Optional<Range> range(String argument, @Nullable Expression written) {
    if (written == null) {
      return Optional.empty();
    }
    if (!(written instanceof Expression.Range range)) {
      evaluator.report(
          Code.WRONG_TYPE,
          written.span(),
          "`%s` expects numbers of tokens, from one to before another".formatted(argument),
          "`%s: 512..1Ki`".formatted(argument));
      return Optional.empty();
    }
    Optional<Long> from = number(range.from(), argument);
    Optional<Long> to = number(range.to(), argument);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (from.get() >= to.get()) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          range.span(),
          "`%s` has no number from %d to before %d".formatted(argument, from.get(), to.get()),
          null);
      return Optional.empty();
    }
    return Optional.of(new Range(from.get(), to.get()));
  }

  private Optional<Long> number(Expression expression, String argument) {
    String place = "`%s`".formatted(argument);
    return evaluator.evaluate(expression, scope, Wanted.DISTANCE, place)
            instanceof Value.Numeric(Quantity quantity)
        ? Optional.of(quantity.value().toLong())
        : Optional.empty();
  }
}
