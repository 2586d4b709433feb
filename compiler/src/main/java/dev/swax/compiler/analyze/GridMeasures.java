package dev.swax.compiler.analyze;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What trained models are measured by: {@code perplexity(data, tokens: 64Ki)}. */
final class GridMeasures {
  private static final String PERPLEXITY = "perplexity";

  private final Evaluator evaluator;
  private final DataBlocks dataBlocks;
  private final boolean trains;

  /** {@code trains}: whether the grid says how its models are trained. */
  GridMeasures(Evaluator evaluator, DataBlocks dataBlocks, boolean trains) {
    this.evaluator = evaluator;
    this.dataBlocks = dataBlocks;
    this.trains = trains;
  }

  /** Whether a call measures a trained model; a name of the file's own hides that. */
  boolean isMeasure(Expression.Call call, Scope scope) {
    return call.callee().text().equals(PERPLEXITY) && scope.find(PERPLEXITY) == null;
  }

  /** What a call measures; empty after a report. */
  Optional<GridExpression> measure(Expression.Call call, Scope scope) {
    if (!trains) {
      evaluator.report(
          Code.MISSING_KEY,
          call.span(),
          "`%s` measures trained models, but the grid has no `using`"
              .formatted(call.callee().text()),
          "`using NAME`, with the name of a train block");
      return Optional.empty();
    }
    return perplexity(call, scope).map(measure -> new GridExpression.Measured(measure, null));
  }

  private Optional<GridMeasure> perplexity(Expression.Call call, Scope scope) {
    SequencedMap<String, Expression> given =
        new Arguments(evaluator).match(call, List.of("data"), List.of("data", "tokens"));
    if (given == null) {
      return Optional.empty();
    }
    Expression data = given.get("data");
    if (data == null) {
      evaluator.report(
          Code.MISSING_KEY, call.span(), "`perplexity` needs `data` (a data block)", null);
      return Optional.empty();
    }
    Expression tokens = given.get("tokens");
    long most = tokens == null ? 0 : tokens(tokens, scope);
    return evaluator.evaluate(data, scope, Wanted.DATA, "`data`") instanceof Value.Data block
        ? dataBlocks.plan(block).flatMap(plan -> perplexity(plan, most, data.span()))
        : Optional.empty();
  }

  private Optional<GridMeasure> perplexity(DataPlan plan, long tokens, Span span) {
    return switch (plan) {
      case DataPlan.Text text -> Optional.of(new GridMeasure.Perplexity(text, tokens));
      case DataPlan.Examples examples -> {
        evaluator.report(
            Code.MIXED_DATA,
            span,
            "`%s` is a task, and perplexity is measured on text".formatted(examples.name()),
            null);
        yield Optional.empty();
      }
    };
  }

  private long tokens(Expression expression, Scope scope) {
    return evaluator.evaluate(expression, scope, Wanted.TOKENS, "`tokens`")
            instanceof Value.Numeric(Quantity quantity)
        ? quantity.value().toLong()
        : 0;
  }
}
