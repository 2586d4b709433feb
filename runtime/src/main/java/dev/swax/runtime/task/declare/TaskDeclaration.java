package dev.swax.runtime.task.declare;

import dev.swax.runtime.UserError;
import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.task.Task;
import java.util.List;
import java.util.function.Function;

/**
 * All that the language knows of a task.
 *
 * @param name as it is called: {@code mqar}
 * @param meaning what a model is asked, in a line
 * @param factory makes the task; throws a {@link UserError} where arguments do not go together
 * @param arguments in the order in which they may be given without their names
 */
public record TaskDeclaration(
    String name, String meaning, Function<Given, Task> factory, List<Argument<?>> arguments) {
  public TaskDeclaration {
    arguments = List.copyOf(arguments);
  }

  public static TaskDeclaration of(
      String name, String meaning, Function<Given, Task> factory, Argument<?>... arguments) {
    return new TaskDeclaration(name, meaning, factory, List.of(arguments));
  }
}
