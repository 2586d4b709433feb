package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.Cut.Filling;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What is taken out of a model: {@code memory}, {@code memory, by: mean}, {@code layers: [0]}. */
final class GridCuts {
  private final Evaluator evaluator;
  private final Scope scope;

  GridCuts(Evaluator evaluator, Scope scope) {
    this.evaluator = evaluator;
    this.scope = scope;
  }

  /** That of a column: a part or layers, one of which is given; empty after a report. */
  Optional<Cut> ofColumn(Expression.Call call, SequencedMap<String, Expression> given) {
    Expression part = given.get("part");
    Expression layers = given.get("layers");
    Expression by = given.get("by");
    if (part != null && layers == null) {
      return pathway(part, by);
    }
    if (part != null || layers == null) {
      reportPart(call.span());
      return Optional.empty();
    }
    if (by != null) {
      evaluator.report(
          Code.CUT_OF_NOTHING,
          by.span(),
          "`by` says what stands in place of a part, but the stream leaves a layer as it came",
          "`cut(model, memory, by: mean)`");
      return Optional.empty();
    }
    Value value = evaluator.evaluate(layers, scope, Wanted.COUNTS, "`layers`");
    return value instanceof Value.Items(var items)
        ? Optional.of(Cut.ofLayers(items.stream().map(GridCuts::number).toList()))
        : Optional.empty();
  }

  /** That of a measure; the whole model where none is given or after a report. */
  Cut ofMeasure(SequencedMap<String, Expression> given) {
    Expression part = given.get("cut");
    Expression by = given.get("by");
    if (part == null && by != null) {
      evaluator.report(
          Code.CUT_OF_NOTHING,
          by.span(),
          "`by` says what stands in place of a part, but nothing is cut",
          "`cut: memory, by: mean`");
    }
    return part == null ? Cut.NONE : pathway(part, by).orElse(Cut.NONE);
  }

  private Optional<Cut> pathway(Expression part, @Nullable Expression by) {
    Optional<Cut.Pathway> pathway = Cut.Pathway.find(GridPoints.word(part, scope, evaluator));
    if (pathway.isEmpty()) {
      reportPart(part.span());
    }
    Optional<Filling> filling = by == null ? Optional.of(Filling.ZERO) : filling(by);
    return pathway.map(Cut::of).flatMap(cut -> filling.map(cut::with));
  }

  private Optional<Filling> filling(Expression by) {
    String word = GridPoints.word(by, scope, evaluator);
    Optional<Filling> filling = Filling.find(word);
    if (filling.isEmpty()) {
      evaluator.report(
          Code.WRONG_TYPE,
          by.span(),
          "`by` expects `mean` or `zero`, but this is `%s`".formatted(word),
          null);
    }
    return filling;
  }

  private void reportPart(Span span) {
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
