package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.TaskCall;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.token.Tokenizer;
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
