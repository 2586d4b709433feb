package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.cli.input.TaskExpression;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores the newest checkpoint of a run on a task, at one length or several, and prints a table.
 *
 * @param task as typed
 * @param lengths of examples; that of the task where there are none
 * @param window of every window of the model; as trained where null
 */
public record EvaluateTask(
    Host host,
    Path path,
    String task,
    List<Integer> lengths,
    int examples,
    long seed,
    @Nullable Integer window,
    boolean json) {
  private static final int MOST = 1 << 24;

  public EvaluateTask {
    lengths = List.copyOf(lengths);
  }

  public void run(MachineOptions machine) {
    requireInRange("--examples", examples);
    lengths.forEach(length -> requireInRange("--lengths", length));
    if (window != null) {
      requireInRange("--window", window);
    }
    List<Task> tasks = TaskExpression.tasks(Origin.read(path).input(path), task, lengths);
    ScoreTask scoring = ScoreTask.of(host, path, machine);
    List<TaskScore> scores = new ArrayList<>();
    for (Task one : tasks) {
      var progress = new ExampleProgress(host.console(), one.length(), examples);
      scores.add(scoring.score(one, examples, seed, window, progress));
      progress.finish();
    }
    if (json) {
      host.console().out().println(TaskTable.json(scores, seed));
    } else {
      host.console().out().println(tasks.getFirst().describe());
      TaskTable.print(host.console().out(), scores);
    }
  }

  private static void requireInRange(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new UserError(
          "`%s` is %d, but 1 to %d can be used".formatted(option, value, MOST), null);
    }
  }
}
