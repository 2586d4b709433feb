package dev.swax.cli.compare;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.MetricLines;
import dev.swax.runtime.train.MetricValues;
import dev.swax.runtime.train.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Every step of every run as CSV (RFC 4180): a line a step, with what validation said after it. */
public final class StepTable {
  private final StringBuilder text = new StringBuilder();
  private final SequencedSet<String> names = new LinkedHashSet<>();

  private StepTable() {}

  /** Writes all steps that the comparison has read; what a run does not have is empty. */
  public static String of(Comparison comparison) {
    var table = new StepTable();
    comparison.runs().forEach(run -> table.names.addAll(run.curves().curves().keySet()));
    table.text.append("run,step,time");
    table.names.forEach(name -> table.text.append(',').append(quoted(name)));
    table.text.append("\r\n");
    comparison.runs().forEach(table::append);
    return table.text.toString();
  }

  private void append(ComparedRun run) {
    Path file = run.path().resolve(Metrics.FILE);
    SequencedMap<Long, Row> rows = new LinkedHashMap<>();
    if (run.curves().step() > 0) {
      for (MetricLines.Line line : lines(file)) {
        if (line.step() <= run.curves().step()) {
          rows.computeIfAbsent(line.step(), _ -> new Row(line.values().path("time").asText()))
              .values()
              .putAll(MetricValues.of(line.values()));
        }
      }
    }
    rows.forEach((step, row) -> append(run.label(), step, row));
  }

  private record Row(String time, SequencedMap<String, Double> values) {
    Row(String time) {
      this(time, new LinkedHashMap<>());
    }
  }

  private static Iterable<MetricLines.Line> lines(Path file) {
    try {
      return MetricLines.read(file).lines();
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  private void append(String run, long step, Row row) {
    text.append(quoted(run)).append(',').append(step).append(',').append(row.time());
    for (String name : names) {
      Double value = row.values().get(name);
      text.append(',').append(value == null ? "" : number(value));
    }
    text.append("\r\n");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quoted(String content) {
    boolean plain = content.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? content : '"' + content.replace("\"", "\"\"") + '"';
  }
}
