package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.data.Tasks;
import dev.swax.compiler.analyze.evaluate.Arguments;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What trained models are measured by: {@code perplexity(data, tokens: 64Ki)}, {@code score(task,
 * "metric", examples: 500)}.
 */
final class GridMeasures {
  private static final String PERPLEXITY = "perplexity";
  private static final String SCORE = "score";
  private static final long EXAMPLES = 1000;

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
    String name = call.callee().text();
    return (name.equals(PERPLEXITY) || name.equals(SCORE)) && scope.find(name) == null;
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
    return call.callee().text().equals(SCORE)
        ? score(call, scope)
        : perplexity(call, scope).map(measure -> new GridExpression.Measured(measure, null));
  }

  private Optional<GridExpression> score(Expression.Call call, Scope scope) {
    List<String> names = List.of("task", "metric", "examples");
    SequencedMap<String, Expression> given =
        new Arguments(evaluator).match(call, names.subList(0, 2), names);
    if (given == null) {
      return Optional.empty();
    }
    Expression task = given.get("task");
    if (task == null) {
      evaluator.report(Code.MISSING_KEY, call.span(), "`score` needs `task` (a task)", null);
      return Optional.empty();
    }
    Expression metric = given.get("metric");
    String name = metric == null ? null : metric(metric, scope);
    Expression examples = given.get("examples");
    long count = examples == null ? 0 : count(examples, scope);
    return task(task, scope)
        .map(t ->
            new GridExpression.Measured(
                new GridMeasure.Score(t, examples == null ? t.examples(EXAMPLES) : count), name));
  }

  /** A task, or that of a data block with the examples that training leaves out. */
  private Optional<Task> task(Expression expression, Scope scope) {
    Value value = evaluator.evaluate(expression, scope);
    if (value instanceof Value.Data block
        && dataBlocks.plan(block).orElse(null) instanceof DataPlan.Examples examples) {
      return Optional.of(examples.examples().test());
    }
    Value task = evaluator.coercion().coerce(value, Wanted.TASK, "`score`", expression.span());
    return new Tasks(evaluator).build(task);
  }

  private @Nullable String metric(Expression expression, Scope scope) {
    if (expression instanceof Expression.Text text) {
      return new GridPoints(evaluator).label(text, scope);
    }
    return evaluator.evaluate(expression, scope, Wanted.TEXT, "`metric`")
            instanceof Value.Text(String text)
        ? text
        : null;
  }

  private long count(Expression expression, Scope scope) {
    return evaluator.evaluate(expression, scope, Wanted.SIZE, "`examples`")
            instanceof Value.Numeric(Quantity quantity)
        ? quantity.value().toLong()
        : EXAMPLES;
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
