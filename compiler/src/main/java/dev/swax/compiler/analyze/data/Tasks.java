package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.TaskCall;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.TrainingExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Calls of task functions to tasks. What their arguments must hold together, a task says itself.
 */
public final class Tasks {
  private final Evaluator evaluator;
  private final Tokenizer tokenizer;

  /** {@code tokenizer}: between the texts of tasks and tokens. */
  public Tasks(Evaluator evaluator, Tokenizer tokenizer) {
    this.evaluator = evaluator;
    this.tokenizer = tokenizer;
  }

  /** Tasks before moments, each later than the one above; what is wrong is reported. */
  List<TrainingExamples.Earlier> earlier(List<Value.Built> written) {
    List<TrainingExamples.Earlier> earlier = new ArrayList<>();
    Quantity above = null;
    for (Value.Built before : written) {
      Optional<Task> task = Fields.value(before, "task").flatMap(this::build);
      Optional<Quantity> until = Fields.quantity(before, "moment");
      if (task.isEmpty() || until.isEmpty()) {
        continue;
      }
      if (above != null && !Moments.ascend(above, until.get())) {
        evaluator.report(
            Code.MOMENTS_NOT_IN_ORDER,
            Fields.span(before, "moment"),
            "`before(%s)` comes after `before(%s)`, but each moment must be later than the one before it, and in the same unit"
                .formatted(until.get(), above),
            null);
      }
      above = until.get();
      earlier.add(new TrainingExamples.Earlier(Moments.moment(above), task.get()));
    }
    return earlier;
  }

  /** A task, or the {@link #test} of a data block that is named; empty after a report. */
  public Optional<Task> asked(
      Expression expression, Scope scope, DataBlocks dataBlocks, String place) {
    Binding binding = expression instanceof Expression.Name name ? scope.find(name.text()) : null;
    Optional<Task> ofData =
        binding == null
            ? Optional.empty()
            : test(binding.value(evaluator, expression.span()), dataBlocks);
    return ofData.isPresent()
        ? ofData
        : build(evaluator.evaluate(expression, scope, Wanted.TASK, place));
  }

  /** The task of a data block with the examples that training leaves out; empty if it has none. */
  public static Optional<Task> test(Value value, DataBlocks dataBlocks) {
    return value instanceof Value.Data block
            && dataBlocks.plan(block).orElse(null) instanceof DataPlan.Examples examples
        ? Optional.of(examples.examples().test())
        : Optional.empty();
  }

  /** The task, or empty after a report. */
  public Optional<Task> build(Value value) {
    if (!(value instanceof Value.Built built) || !(built.constructor() instanceof TaskCall call)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          call.task()
              .factory()
              .apply(new Given(WrittenItem.written(built, UnaryOperator.identity()), tokenizer)));
    } catch (UserError e) {
      evaluator.report(Code.TASK_ARGUMENTS, built.span(), String.valueOf(e.getMessage()), e.help());
      return Optional.empty();
    }
  }
}
