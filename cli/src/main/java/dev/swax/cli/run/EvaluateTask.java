package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.cli.input.TaskExpression;
import dev.swax.compiler.model.Cut;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scores the newest checkpoint of a run on a task, at one length or several, and prints a table.
 *
 * @param task as typed
 * @param lengths of examples; that of the task where there are none
 * @param examples of each; as many as the task finds right where null
 * @param window of every window of the model; as trained where null
 * @param cut what is taken out of the model
 */
public record EvaluateTask(
    Host host,
    Path path,
    String task,
    List<Integer> lengths,
    @Nullable Integer examples,
    long seed,
    @Nullable Integer window,
    Cut cut,
    boolean json) {
  private static final int MOST = 1 << 24;

  /** Of tasks that make theirs. */
  private static final long EXAMPLES = 500;

  public EvaluateTask {
    lengths = List.copyOf(lengths);
  }

  public void run(MachineOptions machine, RunnerOption runners) {
    if (examples != null) {
      requireInRange("--examples", examples, 1);
    }
    lengths.forEach(length -> requireInRange("--lengths", length, 0));
    if (window != null) {
      requireInRange("--window", window, 1);
    }
    SavedRun saved = SavedRun.read(path, host.console());
    saved.requireParts(cut);
    List<Task> tasks =
        TaskExpression.tasks(Origin.read(path).input(path), task, lengths, saved.tokenizer())
            .stream()
            .map(runners::permit)
            .toList();
    try (ScoreTask scoring = ScoreTask.of(host, saved, machine, cut, window)) {
      print(tasks, score(tasks, scoring), scoring.step());
    }
  }

  private List<TaskScore> score(List<Task> tasks, ScoreTask scoring) {
    List<TaskScore> scores = new ArrayList<>();
    for (Task one : tasks) {
      one.obstacle()
          .ifPresent(error -> {
            throw error;
          });
      one.remark().ifPresent(host.console()::message);
      long count = examples == null ? one.examples(EXAMPLES) : examples;
      var progress =
          new WorkProgress(
              host.console(),
              Math.min(count, one.size()),
              done ->
                  String.format(
                      Locale.ROOT,
                      "length %,d: %,d of %,d examples",
                      one.length(),
                      done,
                      Math.min(count, one.size())));
      scores.add(scoring.score(one, count, seed, window, progress));
      progress.finish();
    }
    return scores;
  }

  private void print(List<Task> tasks, List<TaskScore> scores, long step) {
    if (json) {
      host.console().out().println(TaskTable.json(scores, step, seed));
    } else {
      host.console().out().println(tasks.getFirst().describe());
      TaskTable.print(host.console().out(), scores);
    }
  }

  private static void requireInRange(String option, int value, int least) {
    if (value < least || value > MOST) {
      throw new UserError(
          "`%s` is %d, but %d to %d can be used".formatted(option, value, least, MOST), null);
    }
  }
}
