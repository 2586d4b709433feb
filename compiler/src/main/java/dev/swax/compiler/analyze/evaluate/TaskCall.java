package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.type.ValueType;
import dev.swax.runtime.task.catalog.TaskCatalog;
import dev.swax.runtime.task.declare.TaskDeclaration;
import java.util.List;

/** A call that makes a task: what the task declares, as the language has it. */
public record TaskCall(TaskDeclaration task, Schema schema) implements Constructor {
  static final List<TaskCall> ALL = TaskCatalog.TASKS.stream().map(TaskCall::of).toList();

  private static TaskCall of(TaskDeclaration task) {
    List<Key> keys = task.arguments().stream().map(Key::of).toList();
    return new TaskCall(task, new Schema(task.name(), keys));
  }

  @Override
  public ValueType result() {
    return ValueType.TASK;
  }
}
