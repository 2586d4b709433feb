package dev.swax.grid.slurm;

import dev.swax.grid.store.Job;
import dev.swax.grid.store.JobFolder;
import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Slurm says of the tasks of a grid, asked at most once in a while: {@code squeue} for what is
 * there and for what ended within minutes, {@code sacct} for what ended before, if the cluster
 * keeps accounts. While the controller does not answer, what it said last holds.
 */
final class SlurmQueue {
  private static final int FIELDS = 5;

  private final Commands commands;
  private final JobFolder folder;
  private final Duration pace;
  private final Map<String, TaskState> tasks = new HashMap<>();
  private final Map<String, Map<String, TaskState>> accounts = new HashMap<>();
  private boolean keepsAccounts = true;
  private long next = System.nanoTime();
  private @Nullable String trouble;

  SlurmQueue(Commands commands, JobFolder folder, Duration pace) {
    this.commands = commands;
    this.folder = folder;
    this.pace = pace;
  }

  /** The state of a task; empty where Slurm knows nothing of it. */
  Optional<TaskState> find(Job job, int index) {
    if (System.nanoTime() - next >= 0) {
      refresh();
    }
    Optional<TaskState> now = Optional.ofNullable(tasks.get(key(job.name(), index)));
    return now.isPresent() || trouble != null ? now : account(job, index);
  }

  /** Whether a task waits or runs, as Slurm said when it was asked last. */
  boolean isAlive(Job job, int index) {
    TaskState state = tasks.get(key(job.name(), index));
    return state != null && !state.hasEnded();
  }

  /** Why Slurm does not answer; empty where it does. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Asks now. */
  void refresh() {
    next = System.nanoTime() + pace.toNanos();
    String names = folder.all().stream().map(Job::name).collect(Collectors.joining(","));
    if (names.isEmpty()) {
      tasks.clear();
      trouble = null;
      return;
    }
    Commands.Answer answer = ask(names);
    trouble = answer.isGood() ? null : answer.complaint();
    if (answer.isGood()) {
      tasks.clear();
      answer.out().lines().forEach(this::note);
    }
  }

  private Commands.Answer ask(String names) {
    try {
      return commands.run(
          List.of("squeue", "-h", "-r", "-t", "all", "--name=" + names, "-o", "%j|%K|%T|%r|%N"));
    } catch (UserError e) {
      return new Commands.Answer(1, "", String.valueOf(e.getMessage()));
    }
  }

  private void note(String line) {
    String[] fields = line.split("\\|", -1);
    if (fields.length == FIELDS) {
      tasks.put(fields[0] + "/" + fields[1], new TaskState(fields[2], fields[3], fields[4]));
    }
  }

  private static String key(String name, int index) {
    return name + "/" + index;
  }

  private Optional<TaskState> account(Job job, int index) {
    String id = job.id();
    return id == null || !keepsAccounts
        ? Optional.empty()
        : Optional.ofNullable(
            accounts.computeIfAbsent(id, this::accounts).get("%s_%d".formatted(id, index)));
  }

  private Map<String, TaskState> accounts(String id) {
    Commands.Answer answer =
        commands.run(List.of("sacct", "-n", "-P", "-X", "-j", id, "--format=JobID,State,NodeList"));
    keepsAccounts = answer.isGood();
    Map<String, TaskState> found = new HashMap<>();
    answer
        .out()
        .lines()
        .map(line -> line.split("\\|", -1))
        .forEach(fields -> {
          if (fields.length == 3) {
            String state = fields[1].split(" ", 2)[0]; // CANCELLED by 1000
            found.put(fields[0], new TaskState(state, "None", fields[2]));
          }
        });
    return found;
  }
}
