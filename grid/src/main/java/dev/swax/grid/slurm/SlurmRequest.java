package dev.swax.grid.slurm;

import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Slurm is asked for.
 *
 * @param tasks that run at a time; 0 for as many as Slurm likes
 * @param cpus of a task
 * @param mebibytes of memory of a task
 * @param time that a task may take before it is put back; null for what the partition gives
 * @param planned whether the time is an estimate, which is cut to what the partition gives
 * @param options more of {@code sbatch}, as {@code KEY=VALUE} or {@code KEY}
 */
public record SlurmRequest(
    int tasks,
    int cpus,
    long mebibytes,
    @Nullable Duration time,
    boolean planned,
    List<String> options) {
  /** Whatever a task has not saved this long before its end is lost. */
  private static final Duration LEAD = Duration.ofMinutes(2);

  /** Slurm may send its signal a minute early. */
  private static final Duration LEAST_TIME = Duration.ofMinutes(2);

  /** What the script itself depends on. */
  private static final List<String> OWN =
      List.of(
          "array",
          "output",
          "error",
          "job-name",
          "open-mode",
          "parsable",
          "wrap",
          "signal",
          "requeue",
          "no-requeue",
          "chdir",
          "wait");

  public SlurmRequest {
    options = List.copyOf(options);
    options.forEach(SlurmRequest::require);
    if (time != null && time.compareTo(LEAST_TIME) < 0) {
      throw new UserError(
          "a time limit of %s is too short: a task needs %s to start, and to save before its end"
              .formatted(SlurmTime.write(time), SlurmTime.write(LEAST_TIME)),
          "`--time %s` or more; a task that has not finished goes on in the next"
              .formatted(SlurmTime.write(LEAST_TIME.multipliedBy(5))));
    }
  }

  private static void require(String option) {
    String key = option.split("=", 2)[0];
    if (OWN.contains(key)) {
      throw new UserError("`--slurm %s`: swax itself sets `--%s`".formatted(option, key), null);
    }
    if (!key.matches("[a-z][a-z-]*") || option.matches("(?s).*[\"\\\\\\p{Cntrl}].*")) {
      throw new UserError(
          "`--slurm %s` is no option of sbatch: KEY=VALUE without quotes is expected"
              .formatted(option),
          "`--slurm constraint=avx512`");
    }
  }

  /** The same with another estimate of the time. */
  SlurmRequest withTime(Duration other) {
    return new SlurmRequest(tasks, cpus, mebibytes, other, planned, options);
  }

  /** How long before its end a task is told to save. */
  Duration lead() {
    return time == null || time.dividedBy(4).compareTo(LEAD) > 0 ? LEAD : time.dividedBy(4);
  }

  /** The value of an option; null where it is not given. */
  @Nullable String find(String key) {
    return options.stream()
        .filter(option -> option.startsWith(key + "="))
        .map(option -> option.substring(key.length() + 1))
        .reduce((_, last) -> last)
        .orElse(null);
  }

  /** Lines for {@code sbatch}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("--nodes=1");
    lines.add("--ntasks=1");
    lines.add("--cpus-per-task=" + cpus);
    lines.add("--mem=%dM".formatted(mebibytes));
    if (time != null) {
      lines.add("--time=" + SlurmTime.write(time));
    }
    lines.add("--signal=B:USR1@" + lead().toSeconds());
    for (String option : options) {
      String[] parts = option.split("=", 2);
      lines.add(
          parts.length == 1 || !parts[1].contains(" ")
              ? "--" + option
              : "--%s=\"%s\"".formatted(parts[0], parts[1]));
    }
    return lines;
  }
}
