package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.data.Tasks;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.evaluate.Selection;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What trained models are measured by: {@code perplexity(data, "bits", tokens: 64Ki)}, {@code
 * score(task, "metric", examples: 500)}.
 */
final class GridMeasures {
  private static final List<String> OF_TEXT = List.of("perplexity", "loss", "bits");
  private static final long EXAMPLES = 1000;

  private final Evaluator evaluator;
  private final DataBlocks dataBlocks;
  private final boolean trains;
  private final Tokenizer tokenizer;

  /**
   * @param trains whether the grid says how its models are trained
   * @param tokenizer of its first model; that of another is known where that model is measured
   */
  GridMeasures(Evaluator evaluator, DataBlocks dataBlocks, boolean trains, Tokenizer tokenizer) {
    this.evaluator = evaluator;
    this.dataBlocks = dataBlocks;
    this.trains = trains;
    this.tokenizer = tokenizer;
  }

  /** Whether a call measures a trained model; a name of the file's own hides that. */
  boolean isMeasure(Expression.Call call, Scope scope) {
    return GridFunction.of(call)
            .filter(function -> function.place() == GridFunction.Place.MEASURE)
            .isPresent()
        && scope.find(call.callee().text()) == null;
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
    return GridFunction.of(call).orElseThrow() == GridFunction.SCORE
        ? score(call, scope)
        : perplexity(call, scope);
  }

  private Optional<GridExpression> score(Expression.Call call, Scope scope) {
    SequencedMap<String, Expression> given = GridFunction.SCORE.match(call, evaluator);
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
    Cut cut = new GridCuts(evaluator, scope).ofMeasure(given);
    return task(task, scope)
        .map(t -> new GridMeasure.Score(t, examples == null ? t.examples(EXAMPLES) : count, cut))
        .map(score -> new GridExpression.Measured(score, name));
  }

  private Optional<Task> task(Expression expression, Scope scope) {
    Value value = evaluator.evaluate(expression, scope);
    return Tasks.test(value, dataBlocks)
        .or(() ->
            new Tasks(evaluator, tokenizer)
                .build(
                    evaluator.coercion().coerce(value, Wanted.TASK, "`score`", expression.span())));
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

  private Optional<GridExpression> perplexity(Expression.Call call, Scope scope) {
    SequencedMap<String, Expression> given = GridFunction.PERPLEXITY.match(call, evaluator);
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
    Cut cut = new GridCuts(evaluator, scope).ofMeasure(given);
    Selection selection = new GridSelections(evaluator, scope).selection(given);
    Expression metric = given.get("metric");
    String name = metric == null ? null : ofText(metric, scope);
    return evaluator.evaluate(data, scope, Wanted.DATA, "`data`") instanceof Value.Data block
        ? dataBlocks
            .plan(block)
            .flatMap(plan -> text(plan, data.span()))
            .map(text -> new GridMeasure.Perplexity(text, most, selection, cut))
            .map(measure -> new GridExpression.Measured(measure, name))
        : Optional.empty();
  }

  /** A metric of text; null after a report. */
  private @Nullable String ofText(Expression expression, Scope scope) {
    String name = metric(expression, scope);
    if (name != null && !OF_TEXT.contains(name)) {
      evaluator.report(
          Code.WRONG_TYPE,
          expression.span(),
          "`metric` expects one of \"%s\", but this is \"%s\""
              .formatted(String.join("\", \"", OF_TEXT), name),
          null);
      return null;
    }
    return name;
  }

  /** The data, which has to be text; empty after a report. */
  private Optional<DataPlan.Text> text(DataPlan plan, Span span) {
    return switch (plan) {
      case DataPlan.Text text -> Optional.of(text);
      case DataPlan.Examples examples -> {
        evaluator.report(
            Code.MIXED_DATA,
            span,
            "`%s` is a task, and perplexity is measured on text".formatted(examples.name()),
            null);
        yield Optional.empty();
      }
      case DataPlan.Mixture mixture -> {
        evaluator.report(
            Code.MIXED_DATA,
            span,
            "`%s` is a mixture, and perplexity is measured on one text".formatted(mixture.name()),
            "`%s`".formatted(mixture.parts().getFirst().name()));
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
