package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.type.ValueType;
import dev.swax.runtime.task.catalog.TaskCatalog;
import dev.swax.runtime.task.declare.Argument;
import dev.swax.runtime.task.declare.ArgumentType;
import dev.swax.runtime.task.declare.TaskDeclaration;
import java.util.List;

/** A call that makes a task: what the task declares, as the language has it. */
public record TaskCall(TaskDeclaration task, Schema schema) implements Constructor {
  static final List<TaskCall> ALL = TaskCatalog.TASKS.stream().map(TaskCall::of).toList();

  private static TaskCall of(TaskDeclaration task) {
    List<Key> keys = task.arguments().stream().map(TaskCall::key).toList();
    return new TaskCall(task, new Schema(task.name(), keys));
  }

  private static Key key(Argument<?> argument) {
    return new Key(
        argument.name(), wanted(argument.type()), argument.shown(), false, argument.meaning());
  }

  private static Accepted wanted(ArgumentType<?> type) {
    return switch (type) {
      case ArgumentType.Whole(int least, _) -> least > 0 ? Wanted.SIZE : Wanted.DISTANCE;
      case ArgumentType.Real(boolean positive) -> positive ? Wanted.POSITIVE_REAL : Wanted.REAL;
      case ArgumentType.Share _ -> Wanted.SHARE;
      case ArgumentType.Truth _ -> Wanted.BOOLEAN;
      case ArgumentType.Text<?> _ -> Wanted.TEXT;
      case ArgumentType.Texts<?> _ -> Wanted.TEXTS;
      case ArgumentType.Word<?> word -> new OneOf(List.copyOf(word.meanings().keySet()));
    };
  }

  @Override
  public ValueType result() {
    return ValueType.TASK;
  }
}
