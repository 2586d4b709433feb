package dev.swax.grid.slurm;

import dev.swax.grid.store.Job;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** How a task stands, from what Slurm says and from what its script has left in the folder. */
sealed interface Standing {

  /** It waits or runs, or nobody can say: Slurm does not answer. */
  record Alive(String text) implements Standing {}

  /** It has ended as a process does; what it said is in the log of its cell. */
  record Ended(int code) implements Standing {}

  /** Slurm ended it, which another attempt would not change. */
  record Stopped(String text) implements Standing {}

  /** It never began, and neither will the other tasks of its job. */
  record Hopeless(String text, String help) implements Standing {}

  /** Slurm knows nothing of it, and it has left nothing. */
  record Unknown() implements Standing {}

  /** The code of a process that was killed. */
  int KILLED = 137;

  /** What agents of Slurm write where memory ran out, by what watched it. */
  List<String> OUT_OF_MEMORY = List.of("memory limit", "oom-kill", "oom_kill", "out of memory");

  /** The one of a task. */
  static Standing of(Job job, int index, SlurmQueue queue) {
    Optional<TaskState> found = queue.find(job, index);
    if (found.isPresent() && !found.get().hasEnded()) {
      return waiting(job, index, found.get());
    }
    if (found.isEmpty() && queue.trouble().isPresent()) {
      return new Alive(
          "in job %s, of which Slurm does not answer: %s"
              .formatted(job.task(index), queue.trouble().get()));
    }
    OptionalInt code = job.code(index);
    if (found.isEmpty()) {
      return code.isPresent() ? new Ended(code.getAsInt()) : new Unknown();
    }
    return ended(job, index, found.get(), code);
  }

  private static Standing waiting(Job job, int index, TaskState task) {
    String name = "job " + job.task(index);
    if (task.isHopeless()) {
      return new Hopeless(
          "Slurm will never start %s: %s".formatted(name, task.reason()),
          switch (task.reason()) {
            case "PartitionTimeLimit" ->
                "a shorter `--time`, or another `--partition`: `sinfo` lists their limits";
            case "JobHeldAdmin" -> "an administrator has to release it";
            default -> "other values of `--account`, `--qos`, `--partition`, or less to ask for";
          });
    }
    if (task.isPending()) {
      return new Alive("in %s, which waits for: %s".formatted(name, task.reason()));
    }
    String state = task.state().toLowerCase(Locale.ROOT);
    return new Alive("in %s, which is %s on %s".formatted(name, state, task.node()));
  }

  private static Standing ended(Job job, int index, TaskState task, OptionalInt code) {
    String name = "job " + job.task(index);
    boolean killed = code.isEmpty() || code.getAsInt() == KILLED;
    if (task.state().equals("OUT_OF_MEMORY") || (killed && ranOutOfMemory(job.log(index)))) {
      return new Stopped(
          name + " ran out of the memory that it asked for: give it more, `--memory`");
    }
    if (code.isPresent()) {
      return new Ended(code.getAsInt());
    }
    return switch (task.state()) {
      case "TIMEOUT", "DEADLINE" ->
          new Stopped(name + " reached its time limit before it had saved: give it more, `--time`");
      case "CANCELLED" -> new Stopped(name + " was cancelled");
      case "COMPLETED", "FAILED" -> {
        boolean began = job.node(index).isPresent() || task.node().isEmpty();
        yield began ? new Ended(KILLED) : unseen(job, name, task);
      }
      default -> new Ended(KILLED);
    };
  }

  private static Standing unseen(Job job, String name, TaskState task) {
    return new Hopeless(
        "%s ended on node %s before it could write to %s: is the folder there on the nodes too?"
            .formatted(name, task.node(), job.folder()),
        "`--dir DIR` on a file system that login node and compute nodes share");
  }

  private static boolean ranOutOfMemory(String log) {
    String text = log.toLowerCase(Locale.ROOT);
    return OUT_OF_MEMORY.stream().anyMatch(text::contains);
  }
}
