package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Mqar;
import dev.swax.runtime.task.Task;
import java.util.Optional;

/**
 * Calls of task functions to tasks. What their arguments must hold together, a task says itself.
 */
public final class Tasks {
  private final Evaluator evaluator;

  public Tasks(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The task, or empty after a report. */
  public Optional<Task> build(Value value) {
    if (!(value instanceof Value.Built built)) {
      return Optional.empty();
    }
    try {
      return Optional.of(task(built));
    } catch (UserError e) {
      evaluator.report(Code.TASK_ARGUMENTS, built.span(), String.valueOf(e.getMessage()), e.help());
      return Optional.empty();
    }
  }

  private static Task task(Value.Built built) {
    return switch (built.constructor()) {
      case MQAR ->
          new Mqar(
              size(built, "length", 0),
              size(built, "pairs", 0),
              size(built, "vocab", 8192),
              Fields.number(built, "power").map(Rational::toDouble).orElse(0.01),
              truth(built, "noise", true),
              size(built, "passes", 1),
              size(built, "nearest", 0));
      case NIAH, BABILONG, CHOICES, EXACT_MATCH, PROGRAMS, LONGBENCH -> TextTasks.task(built);
      default -> throw new AssertionError("no task: " + built.constructor());
    };
  }

  static int size(Value.Built built, String argument, int absent) {
    return Fields.number(built, argument)
        .map(n -> (int) Math.min(n.toLong(), Integer.MAX_VALUE))
        .orElse(absent);
  }

  private static boolean truth(Value.Built built, String argument, boolean absent) {
    Value.Item item = built.arguments().get(argument);
    return item == null ? absent : item.value().equals(new Value.Truth(true));
  }
}
