package dev.swax.cli.grid;

import dev.swax.grid.slurm.SlurmRequest;
import dev.swax.grid.slurm.SlurmTime;
import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What Slurm is asked for. */
public final class SlurmOptions {
  @Option(names = "--partition", paramLabel = "NAME", description = "of Slurm")
  private @Nullable String partition;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "how long a task may run before it goes back into Slurm's queue: `90`, `1:30:00`, `2-12`")
  private @Nullable String time;

  @Option(names = "--account", paramLabel = "NAME", description = "of Slurm")
  private @Nullable String account;

  @Option(names = "--qos", paramLabel = "NAME", description = "of Slurm")
  private @Nullable String qos;

  @Option(
      names = "--slurm",
      paramLabel = "KEY=VALUE",
      description = "another option of sbatch: `--slurm constraint=avx512`; may be repeated")
  private List<String> more = new ArrayList<>();

  /** Refuses them where Slurm is not asked for anything. */
  public void requireNone(String instead) {
    List<String> given = new ArrayList<>(options());
    if (time != null) {
      given.add("time=" + time);
    }
    if (!given.isEmpty()) {
      throw new UserError(
          "`--%s` is only for Slurm".formatted(given.getFirst().split("=", 2)[0]), instead);
    }
  }

  /**
   * As a request.
   *
   * @param tasks at a time; 0 for as many as Slurm likes
   * @param planned how long a task should take; null where nobody knows
   */
  public SlurmRequest request(int tasks, int cpus, long mebibytes, @Nullable Duration planned) {
    Duration typed = time == null ? null : SlurmTime.parse(time);
    return new SlurmRequest(
        tasks, cpus, mebibytes, typed == null ? planned : typed, typed == null, options());
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    add(options, "partition", partition);
    add(options, "account", account);
    add(options, "qos", qos);
    options.addAll(more);
    return options;
  }

  private static void add(List<String> options, String key, @Nullable String value) {
    if (value != null) {
      options.add(key + "=" + value);
    }
  }
}
