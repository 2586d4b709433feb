package dev.swax.grid.slurm;

import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cluster does not do, asked before anything is submitted. */
final class SlurmLimits {
  private static final Pattern ARRAY = Pattern.compile("(?m)^MaxArraySize\\s*=\\s*([0-9]{1,9})");

  /** Slurm's own default. */
  private static final int USUAL = 1001;

  private SlurmLimits() {}

  /** How many tasks an array may have. */
  static int mostTasks(Commands commands) {
    Matcher matcher = ARRAY.matcher(commands.run(List.of("scontrol", "show", "config")).out());
    int size = matcher.find() ? Integer.parseInt(matcher.group(1)) : USUAL;
    if (size < 2) {
      throw new UserError(
          "this cluster has no job arrays: its MaxArraySize is " + size,
          "ask its administrators for them");
    }
    return size - 1; // numbers are below it
  }

  /**
   * The request as the cluster can meet it: an estimated time is cut to what the partition gives.
   * Refuses a partition that is not there, and a time that it does not give.
   */
  static SlurmRequest fit(Commands commands, SlurmRequest request) {
    Commands.Answer answer = commands.run(List.of("sinfo", "-h", "-o", "%P|%l"));
    String wanted = request.find("partition");
    if (!answer.isGood() || (wanted != null && wanted.contains(","))) {
      return request; // sbatch will say what is wrong
    }
    SequencedMap<String, String> limits = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      String[] fields = line.split("\\|", 2);
      boolean usual = fields[0].endsWith("*");
      String name = usual ? fields[0].substring(0, fields[0].length() - 1) : fields[0];
      limits.put(name, fields[1]);
      wanted = wanted == null && usual ? name : wanted;
    }
    if (wanted == null) {
      return request;
    }
    if (!limits.containsKey(wanted)) {
      throw new UserError(
          "this cluster has no partition `%s`".formatted(wanted),
          "it has " + String.join(", ", limits.keySet()));
    }
    return fit(request, wanted, limits.get(wanted));
  }

  private static SlurmRequest fit(SlurmRequest request, String partition, String limit) {
    Duration time = request.time();
    if (time == null || !limit.matches("[0-9:-]+") || time.compareTo(SlurmTime.parse(limit)) <= 0) {
      return request;
    }
    if (request.planned()) {
      return request.withTime(SlurmTime.parse(limit));
    }
    throw new UserError(
        "`--time` is %s, but partition `%s` gives at most %s"
            .formatted(SlurmTime.write(time), partition, limit),
        "`--time %s`; a task that has not finished goes on in the next".formatted(limit));
  }

  /** What to type instead of what sbatch refused. */
  static String help(Commands.Answer answer) {
    String text = answer.err().toLowerCase(Locale.ROOT);
    if (text.contains("account")) {
      return "`--account NAME`; `sacctmgr show associations user=$USER` lists them";
    }
    if (text.contains("partition")) {
      return "`--partition NAME`; `sinfo -s` lists them";
    }
    if (text.contains("memory") || text.contains("node configuration")) {
      return "less `--memory` or `--threads`, or a `--partition` with larger nodes";
    }
    return "`--partition`, `--account`, `--qos`, `--time` and `--slurm KEY=VALUE` say more to it";
  }
}
