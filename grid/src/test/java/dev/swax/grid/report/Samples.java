package dev.swax.grid.report;

import dev.swax.grid.result.Column;
import dev.swax.grid.result.Course;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.Figure;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Range;
import dev.swax.grid.result.Row;
import dev.swax.grid.result.TrainedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Results made by hand. */
final class Samples {
  /** Every character that some format gives a meaning to. */
  static final String ODD =
      "a<b>&\"c'|d_e%f$g#h{i}~j^k\\l`m`*n* [o](p) -- ,, é β 漢 \u0001 </script> <!-- 100 %";

  /** Texts that mean something to one who reads them, and nothing to one who looks. */
  static final List<String> HOSTILE =
      List.of(
          "=cmd|' /C calc'!A0",
          "+1",
          "-1",
          "@SUM(A1)",
          "\uff1d1",
          "\t=1",
          "a\nb",
          "a\r\nb",
          "\u202eright to left\u2066\u200f",
          "\u0000\u0007\u001b[31m\u0085\u009b",
          "\u2028\u2029",
          "\ufffe\uffff\ud800",
          "\\input{/etc/passwd}",
          "*/ \\u000a {@code}",
          "&<script>alert(1)</script>",
          "- - 1. # > x",
          "1. one",
          "![x](http://example.invalid) | ---");

  private Samples() {}

  /** Every kind of entry, with and without a reference, under labels that need quoting. */
  static GridResult everyKind() {
    Entry.Reference near = new Entry.Reference(3.029, 0.0005);
    Entry.Reference far = new Entry.Reference(2.978, 0.0005);
    Entry.Reference open = new Entry.Reference(7.25, Double.NaN);
    List<Column> columns =
        List.of(column("Transformer"), column("SWAX:128, \"short\""), column(ODD), column("d"));
    List<Row> rows =
        List.of(
            row("FLOPs/token e9", Row.Better.LOWER, "0.000"),
            row("recall_at 100% & more", Row.Better.HIGHER, null),
            row(ODD, Row.Better.UNSTATED, "0.00E0"),
            row("spread", Row.Better.HIGHER, "0.0"));
    List<List<Entry>> entries =
        List.of(
            List.of(
                exact(3.02914, near),
                exact(2.97798, near),
                new Entry.Failed("out of memory: 12 GiB of 8 | \"heap\" <main> 50% & c_d", far),
                new Entry.Missing(null, far)),
            List.of(
                sampled(0.9375, 0.011, 500, null),
                sampled(0.93754, 0.011, 500, open),
                sampled(Double.NaN, Double.NaN, 500, open),
                new Entry.NotApplicable("no window to test", null)),
            List.of(
                exact(-1.5e-7, null),
                exact(Double.POSITIVE_INFINITY, null),
                new Entry.Missing("there is no file `a|b.jsonl`", null),
                new Entry.Failed("line one\nline two", null)),
            List.of(
                seeded(List.of(70.0, 71.0, 75.0), 0),
                seeded(List.of(70.0, 70.0), 200),
                seeded(List.of(80.0), 200),
                exact(-3.25, new Entry.Reference(-3.25, 0))));
    return new GridResult(
        "kinds",
        "Every kind of entry: " + ODD,
        columns,
        rows,
        entries,
        "refs/kinds.csv",
        List.of(),
        List.of(
            new TrainedRun(
                "Transformer",
                1,
                "0f3a",
                "{\n  \"seed\": 1, \"a\": \"</pre>``` <b>\"\n}\n",
                List.of()),
            new TrainedRun(ODD, 2, "77c1", null, List.of(), List.of("not begun"))),
        List.of("vocab = 128000: " + ODD),
        List.of("`xLSTM` and `SWA` look swapped: " + ODD),
        List.of(
            new Expectation("spread[\"d\"] < 0", Expectation.Verdict.MET, "-3.25 < 0"),
            new Expectation("spread > 0 " + ODD, Expectation.Verdict.NOT_MET, "-3.25 > 0 in d")));
  }

  /** Hostile texts wherever a text may stand. */
  static GridResult hostile() {
    List<Column> columns = HOSTILE.stream().map(t -> column(t, "w", t)).toList();
    List<Row> rows = HOSTILE.stream().map(t -> row(t, "n", t, Row.Better.HIGHER, "0.0")).toList();
    List<List<Entry>> entries = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<Entry> line = new ArrayList<>();
      for (int j = 0; j < columns.size(); j++) {
        String text = HOSTILE.get(j);
        line.add(
            switch (i % 4) {
              case 0 -> exact(i + j, null);
              case 1 -> new Entry.Failed(text, null);
              case 2 -> new Entry.Missing(text, null);
              default -> new Entry.NotApplicable(text, null);
            });
      }
      entries.add(line);
    }
    List<Figure> figures = new ArrayList<>();
    for (String text : HOSTILE) {
      figures.add(new Figure.AgainstColumns(text, "w", text, List.of(0, 4)));
      figures.add(new Figure.Scatter(text, 0, 4));
    }
    figures.add(new Figure.Curves(HOSTILE.getFirst(), Course.LOSS));
    return new GridResult(
        "hostile",
        String.join(" ", HOSTILE),
        columns,
        rows,
        entries,
        "=refs.csv",
        figures,
        HOSTILE.stream()
            .map(t -> new TrainedRun(t, 1, t, "{" + t + "}", List.of(new TrainedRun.Point(1, 2))))
            .toList(),
        HOSTILE,
        HOSTILE,
        HOSTILE.stream().map(t -> new Expectation(t, Expectation.Verdict.MET, t)).toList());
  }

  /** Recall against length for windows, over three seeds, with every kind of figure. */
  static GridResult ablation() {
    List<String> windows = List.of("32", "256", "stochastic");
    List<Integer> lengths = List.of(256, 512, 1024, 2048);
    List<Column> columns = windows.stream().map(w -> column("SWAX:" + w, "w", w)).toList();
    List<Row> rows = new ArrayList<>();
    List<List<Entry>> entries = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      String length = Integer.toString(lengths.get(i));
      rows.add(row("recall n=" + length, "n", length, Row.Better.HIGHER, "0.0"));
      double[] means = {95 - i, 99 - 28.0 * i, 97 - 3.0 * i};
      List<Entry> line = new ArrayList<>();
      for (double mean : means) {
        line.add(seeded(List.of(mean - 2 - i, mean, mean + 2 + i), 1000));
      }
      entries.add(line);
    }
    entries.get(3).set(1, new Entry.Failed("diverged at step 1,200", null));
    rows.add(row("val_ppl", Row.Better.LOWER, null));
    entries.add(
        List.of(
            seeded(List.of(2.55, 2.57, 2.54), 4096),
            seeded(List.of(2.52, 2.52, 2.53), 4096),
            seeded(List.of(2.50, 2.51, 2.49), 4096)));
    return new GridResult(
        "ablation",
        "Recall beyond the window",
        columns,
        rows,
        entries,
        null,
        List.of(
            new Figure.AgainstRows(
                "Accuracy against length", "n", "tokens of an example", List.of(0, 1, 2, 3)),
            new Figure.AgainstColumns(
                "Quality against window", "w", "window in tokens", List.of(4)),
            new Figure.Curves("Loss of training", Course.LOSS),
            new Figure.Scatter("Short against long context", 4, 3)),
        runs(windows),
        List.of("batch = 64: not stated"),
        List.of(),
        List.of());
  }

  /** Rates and differences with their intervals, and a column that another one may choose. */
  static GridResult intervals() {
    List<String> windows = List.of("4", "64");
    List<Column> columns =
        List.of(
            column("SWAX:4, r 0.01", "r", "0.01", true),
            column("SWAX:4", "w", "4"),
            column("SWAX:64", "w", "64"));
    List<Row> rows = new ArrayList<>();
    List<List<Entry>> entries = new ArrayList<>();
    for (int n : List.of(128, 256, 512)) {
      rows.add(row("solved, " + n, "n", Integer.toString(n), Row.Better.HIGHER, "0"));
      entries.add(
          List.of(
              ranged(50, new Range(23.7, 76.3, Double.NaN, 10, false)),
              ranged(80, new Range(49, 94.3, Double.NaN, 10, false)),
              ranged(12800.0 / n, new Range(0, 12800.0 / n + 20, Double.NaN, 10, false))));
    }
    rows.add(row("difference to SWAX:64", Row.Better.UNSTATED, "0.00"));
    entries.add(
        List.of(
            ranged(1, new Range(-1, 2, 0.5, 10, false)),
            ranged(0.25, new Range(0.11, 0.4, 0.01171875, 10, false)),
            ranged(0, new Range(0, 0, 1, 500, true))));
    return new GridResult(
        "intervals",
        "Rates over seeds",
        columns,
        rows,
        entries,
        null,
        List.of(
            new Figure.AgainstRows(
                "Solved against length", "n", "tokens of an example", List.of(0, 1, 2))),
        runs(windows).subList(0, 1),
        List.of(),
        List.of("SWAX:4: r = 0.01, the best of 3 by validation."),
        List.of());
  }

  private static Entry ranged(double value, Range range) {
    return new Entry.Value(value, List.of(value), 0, Double.NaN, range, null);
  }

  private static List<TrainedRun> runs(List<String> windows) {
    List<TrainedRun> runs = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      for (int seed = 1; seed <= 3; seed++) {
        List<TrainedRun.Point> curve = new ArrayList<>();
        for (int step = 1; step <= 40; step++) {
          double loss = 1.5 + 4 * Math.exp(-step / (8.0 + w)) + 0.02 * seed;
          curve.add(new TrainedRun.Point(step * 50_000L, loss));
        }
        runs.add(
            new TrainedRun(
                "SWAX:" + windows.get(w),
                seed,
                "run-" + w + seed,
                "{\"seed\": " + seed + "}",
                curve));
      }
    }
    return runs;
  }

  static Column column(String label) {
    return new Column(label, new LinkedHashMap<>(), new LinkedHashMap<>(), false);
  }

  static Column column(String label, String axis, String value) {
    return column(label, axis, value, false);
  }

  private static Column column(String label, String axis, String value, boolean candidate) {
    return new Column(label, axes(axis, value), line(label, axis, value), candidate);
  }

  static Row row(String label, Row.Better better, @Nullable String format) {
    return new Row(label, new LinkedHashMap<>(), new LinkedHashMap<>(), better, format, null);
  }

  static Row row(
      String label, String axis, String value, Row.Better better, @Nullable String format) {
    return new Row(label, axes(axis, value), line(label, axis, value), better, format, null);
  }

  /** As a file has it whose labels have the value once. */
  private static SequencedMap<String, String> line(String label, String axis, String value) {
    return axes(axis, label.replace(value, "{" + axis + "}"));
  }

  static SequencedMap<String, String> axes(String axis, String value) {
    SequencedMap<String, String> axes = new LinkedHashMap<>();
    axes.put(axis, value);
    return axes;
  }

  static Entry exact(double value, Entry.@Nullable Reference reference) {
    return new Entry.Value(value, List.of(value), 0, Double.NaN, reference);
  }

  static Entry sampled(
      double value, double error, long samples, Entry.@Nullable Reference reference) {
    return new Entry.Value(value, List.of(value), samples, error, reference);
  }

  static Entry seeded(List<Double> seeds, long samples) {
    double mean = seeds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return new Entry.Value(mean, seeds, samples, Double.NaN, null);
  }

  /** A grid of one place. */
  static GridResult single(Entry entry) {
    return new GridResult(
        "one",
        "One",
        List.of(column("model")),
        List.of(row("measure", Row.Better.HIGHER, "0.0")),
        List.of(List.of(entry)),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
