package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is taken out of a model: {@code memory}, {@code layers: [0, 2]}. */
final class GridCuts {
  private final Evaluator evaluator;

  GridCuts(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** A part or layers, one of which is given; empty after a report. */
  Optional<Cut> cut(
      Expression.Call call, @Nullable Expression part, @Nullable Expression layers, Scope scope) {
    if (part != null && layers == null) {
      return pathway(part, scope, evaluator).map(Cut::of);
    }
    if (part != null || layers == null) {
      report(call.span(), evaluator);
      return Optional.empty();
    }
    Value value = evaluator.evaluate(layers, scope, Wanted.COUNTS, "`layers`");
    return value instanceof Value.Items(var items)
        ? Optional.of(Cut.ofLayers(items.stream().map(GridCuts::number).toList()))
        : Optional.empty();
  }

  /** A pathway by its name; empty after a report. */
  static Optional<Cut.Pathway> pathway(Expression part, Scope scope, Evaluator evaluator) {
    Optional<Cut.Pathway> pathway = Cut.Pathway.find(GridPoints.word(part, scope, evaluator));
    if (pathway.isEmpty()) {
      report(part.span(), evaluator);
    }
    return pathway;
  }

  private static void report(Span span, Evaluator evaluator) {
    evaluator.report(
        Code.WRONG_TYPE,
        span,
        "`cut` expects `memory`, `window` or `attention`, and for a column also `layers`",
        "`cut(model, memory)`, `cut(model, layers: [0, 2])`");
  }

  private static int number(Value.Item item) {
    return item.value() instanceof Value.Numeric(Quantity quantity)
        ? (int) Math.min(Integer.MAX_VALUE, quantity.value().toLong())
        : 0;
  }
}
