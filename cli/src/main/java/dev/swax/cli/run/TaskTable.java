package dev.swax.cli.run;

import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.TaskScore;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Scores on a task at one length or several, one line each, with their parts below. */
final class TaskTable {
  private TaskTable() {}

  static void print(PrintStream out, List<TaskScore> scores) {
    out.println(line("length", "measure", "value", "error", "examples"));
    for (TaskScore score : scores) {
      String length = score.length() == 0 ? "" : String.format(Locale.ROOT, "%,d", score.length());
      for (Metric metric : score.metrics()) {
        out.println(
            line(
                length,
                metric.name(),
                number(metric.value()),
                metric.count() > 1 ? number(metric.standardError()) : "",
                String.format(Locale.ROOT, "%,d", metric.count())));
        length = "";
      }
    }
  }

  private static String line(
      String length, String measure, String value, String error, String examples) {
    return String.format(
        Locale.ROOT, "%9s  %-32s %9s %9s %9s", length, measure, value, error, examples);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
