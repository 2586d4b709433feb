package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
      String length =
          score.length() == 0 && scores.size() == 1
              ? ""
              : String.format(Locale.ROOT, "%,d", score.length());
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

  static String json(List<TaskScore> scores, long step, long seed) {
    var array = new JsonMapper().createArrayNode();
    for (TaskScore score : scores) {
      var object = array.addObject();
      object.put("step", step);
      object.put("task", score.task()).put("length", score.length());
      object.put("seed", seed).put("examples", score.examples());
      var metrics = object.putArray("metrics");
      for (Metric metric : score.metrics()) {
        var values = metrics.addObject();
        values.put("name", metric.name());
        values.put("value", Double.isNaN(metric.value()) ? null : metric.value());
        values.put("count", metric.count());
        values.put("standardError", metric.count() > 1 ? metric.standardError() : null);
      }
    }
    return array.toPrettyString();
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
