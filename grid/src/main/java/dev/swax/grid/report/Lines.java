package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The lines of one plot: ours, and beside each the printed one where there is one. */
final class Lines {
  private static final Comparator<Plot.Point> ACROSS = Comparator.comparingDouble(Plot.Point::x);

  private final Gaps gaps = new Gaps();
  private final SequencedMap<String, List<Plot.Point>> ours = new LinkedHashMap<>();
  private final SequencedMap<String, List<Plot.Point>> printed = new LinkedHashMap<>();
  private final SequencedMap<String, List<Plot.Point>> levels = new LinkedHashMap<>();

  private final Set<String> bands = new LinkedHashSet<>();

  /** Adds the value of {@code column} where the axis has {@code value}. */
  void add(String line, double x, Entry entry, String column, String value) {
    ours.computeIfAbsent(line, _ -> new ArrayList<>()).add(gaps.point(x, entry, column, value));
    if (entry instanceof Entry.Value measured && measured.range() != null) {
      bands.add(line);
    }
    Entry.Reference reference = entry.reference();
    double y = reference == null ? Double.NaN : reference.value();
    printed.computeIfAbsent(line, _ -> new ArrayList<>()).add(new Plot.Point(x, y, 0, 0));
  }

  /** A column has no place on the axis: its value holds from one end to the other. */
  void level(String column, Entry entry, Axis across) {
    Plot.Point point = gaps.level(entry, column);
    levels.put(
        column,
        List.of(
            new Plot.Point(across.lower(), point.y(), 0, 0),
            new Plot.Point(across.upper(), point.y(), 0, 0)));
  }

  /** Lines without any value are left out, and keep their look for those that have some. */
  List<Plot.Series> series() {
    List<Plot.Series> series = new ArrayList<>();
    int identity = 0;
    for (String line : ours.keySet()) {
      addIfSeen(series, line, identity, ours.getOrDefault(line, List.of()), Plot.Look.OURS);
      addIfSeen(
          series,
          line + ", printed",
          identity,
          printed.getOrDefault(line, List.of()),
          Plot.Look.PRINTED);
      identity++;
    }
    for (Map.Entry<String, List<Plot.Point>> level : levels.entrySet()) {
      addIfSeen(series, level.getKey(), identity, level.getValue(), Plot.Look.LEVEL);
      identity++;
    }
    return series;
  }

  private void addIfSeen(
      List<Plot.Series> series,
      String label,
      int identity,
      List<Plot.Point> points,
      Plot.Look look) {
    if (points.stream().anyMatch(point -> Double.isFinite(point.y()))) {
      List<Plot.Point> sorted = points.stream().sorted(ACROSS).toList();
      boolean band = look == Plot.Look.OURS && bands.contains(label);
      series.add(new Plot.Series(label, identity, look, sorted, band));
    }
  }

  String caption() {
    return gaps.caption(series());
  }
}
