package dev.swax.grid.slurm;

import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Job;
import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ends the jobs of a grid. */
public final class SlurmCancel {
  private SlurmCancel() {}

  /** Ends every job of which a task waits or runs; how many tasks that were. */
  public static int all(GridFolder grid, Commands commands) {
    var queue = new SlurmQueue(commands, grid.jobs(), Duration.ofDays(1));
    queue.refresh();
    queue
        .trouble()
        .ifPresent(trouble -> {
          throw new UserError("Slurm does not answer: " + trouble, "try again once `squeue` does");
        });
    List<String> names = new ArrayList<>();
    int tasks = 0;
    for (Job job : grid.jobs().all()) {
      long alive =
          IntStream.range(0, job.models().size())
              .filter(index -> queue.isAlive(job, index))
              .count();
      if (alive > 0) {
        names.add(job.name());
        tasks += Math.toIntExact(alive);
      }
    }
    names.forEach(name -> job(commands, name));
    return tasks;
  }

  /** Ends all tasks of a job. */
  static void job(Commands commands, String name) {
    Commands.Answer answer = commands.run(List.of("scancel", "--name=" + name));
    if (!answer.isGood()) {
      throw new UserError("scancel refuses job %s: %s".formatted(name, answer.complaint()), null);
    }
  }
}
