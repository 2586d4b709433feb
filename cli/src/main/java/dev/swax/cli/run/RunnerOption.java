package dev.swax.cli.run;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Task;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Whether the commands may be started that files name: nothing runs that the user has not asked
 * for.
 */
public final class RunnerOption {
  static final String NAME = "--allow-runner";

  @Option(names = NAME, description = "start the commands that the file names as `runner`")
  private boolean allowed;

  /** What says the same to another process. */
  public List<String> arguments() {
    return allowed ? List.of(NAME) : List.of();
  }

  /** Refuses to start commands without the user's word, and says which they are. */
  public void require(List<String> commands) {
    if (!allowed && !commands.isEmpty()) {
      throw new UserError(
          "this would start the command that the file names as `runner`: "
              + String.join(", ", commands),
          "check what the command does; `%s` starts it".formatted(NAME));
    }
  }

  /** The task as it may be scored. */
  Task permit(Task task) {
    require(task.command().stream().toList());
    return task.allowCommand();
  }
}
