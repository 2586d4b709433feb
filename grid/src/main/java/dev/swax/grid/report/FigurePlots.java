package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Column;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** Turns the values of a grid into what its figures show. */
final class FigurePlots {
  /**
   * A plot and what is to be said under it.
   *
   * @param title of this plot, within the figure's where the figure has several
   */
  record Titled(String title, String caption, Plot plot) {}

  private final GridResult result;

  FigurePlots(GridResult result) {
    this.result = result;
  }

  /** One plot for each kind of row; a line for each column. */
  List<Titled> againstRows(String title, String axis, List<Integer> rows) {
    SequencedMap<String, List<Integer>> kinds = new LinkedHashMap<>();
    for (int row : rows) {
      String value = result.rows().get(row).axes().get(axis);
      if (value != null) {
        kinds.computeIfAbsent(kind(row, axis), _ -> new ArrayList<>()).add(row);
      }
    }
    List<Titled> plots = new ArrayList<>();
    kinds.forEach((kind, members) -> {
      String own = kinds.size() == 1 ? title : title + ": " + kind;
      plots.add(againstRows(own, axis, kind, members));
    });
    return plots;
  }

  private Titled againstRows(String title, String axis, String kind, List<Integer> rows) {
    AxisScale scale = new AxisScale(axis, rows.stream().map(row -> rowValue(row, axis)).toList());
    Gaps gaps = new Gaps();
    List<Plot.Series> series = new ArrayList<>();
    for (int column = 0; column < result.columns().size(); column++) {
      String label = result.columns().get(column).label();
      List<Plot.Point> points = new ArrayList<>();
      for (int row : rows) {
        double x = scale.position(rowValue(row, axis));
        points.add(gaps.point(x, result.entry(row, column), label, rowValue(row, axis)));
      }
      series.add(new Plot.Series(label, column, sorted(points)));
    }
    Row first = result.rows().get(rows.getFirst());
    return plot(title, scale.axis(), head(kind, first), series, gaps, rows);
  }

  /** One plot for each row; a line for each kind of column. */
  List<Titled> againstColumns(String title, String axis, List<Integer> rows) {
    List<Titled> plots = new ArrayList<>();
    for (int row : rows) {
      String label = result.rows().get(row).label();
      String own = rows.size() == 1 ? title : title + ": " + label;
      plots.add(againstColumns(own, axis, row));
    }
    return plots;
  }

  private Titled againstColumns(String title, String axis, int row) {
    List<String> values = new ArrayList<>();
    result.columns().stream()
        .map(column -> column.axes().get(axis))
        .filter(value -> value != null)
        .forEach(values::add);
    AxisScale scale = new AxisScale(axis, values);
    Gaps gaps = new Gaps();
    SequencedMap<String, List<Plot.Point>> kinds = new LinkedHashMap<>();
    for (int i = 0; i < result.columns().size(); i++) {
      Column column = result.columns().get(i);
      String value = column.axes().get(axis);
      if (value == null) {
        gaps.left(column.label());
        continue;
      }
      String kind = AxisKind.of(column.label(), axis, value);
      Plot.Point point =
          gaps.point(scale.position(value), result.entry(row, i), column.label(), value);
      kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(point);
    }
    List<Plot.Series> series = new ArrayList<>();
    kinds.forEach(
        (kind, points) -> series.add(new Plot.Series(kind, series.size(), sorted(points))));
    Row measure = result.rows().get(row);
    return plot(title, scale.axis(), head(measure.label(), measure), series, gaps, List.of(row));
  }

  /** One point for each column. */
  Titled scatter(String title, int x, int y) {
    Gaps gaps = new Gaps();
    List<Plot.Series> series = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      String label = result.columns().get(i).label();
      if (result.entry(x, i) instanceof Entry.Value first
          && result.entry(y, i) instanceof Entry.Value second
          && Double.isFinite(first.mean())
          && Double.isFinite(second.mean())) {
        Plot.Point point =
            new Plot.Point(first.mean(), second.mean(), Gaps.spread(first), Gaps.spread(second));
        series.add(new Plot.Series(label, i, List.of(point)));
      } else {
        gaps.left(label);
      }
    }
    Row across = result.rows().get(x);
    Row up = result.rows().get(y);
    Axis horizontal = over(head(across.label(), across), points(series), true, List.of(x));
    Axis vertical = over(head(up.label(), up), points(series), false, List.of(y));
    Plot plot = new Plot(horizontal, vertical, series, Plot.Style.LABELLED);
    return new Titled(title, gaps.caption(spreads(series)), plot);
  }

  private Titled plot(
      String title,
      Axis horizontal,
      String label,
      List<Plot.Series> series,
      Gaps gaps,
      List<Integer> rows) {
    Axis vertical = over(label, points(series), false, rows);
    Plot plot = new Plot(horizontal, vertical, series, Plot.Style.MEASURED);
    return new Titled(title, gaps.caption(spreads(series)), plot);
  }

  private Axis over(String label, List<Plot.Point> points, boolean horizontal, List<Integer> rows) {
    List<Double> ends = new ArrayList<>();
    for (Plot.Point point : points) {
      double value = horizontal ? point.x() : point.y();
      double spread = horizontal ? point.spreadX() : point.spreadY();
      ends.addAll(List.of(value - spread, value + spread));
    }
    String format = result.rows().get(rows.getFirst()).format();
    boolean percent = format != null && format.endsWith("%");
    return Axis.over(label, ends, percent ? TickNumbers::percent : TickNumbers::plain);
  }

  private static List<Plot.Point> points(List<Plot.Series> series) {
    return series.stream().flatMap(one -> one.points().stream()).toList();
  }

  private static boolean spreads(List<Plot.Series> series) {
    return points(series).stream().anyMatch(p -> p.spreadX() > 0 || p.spreadY() > 0);
  }

  private static List<Plot.Point> sorted(List<Plot.Point> points) {
    return points.stream().sorted(Comparator.comparingDouble(Plot.Point::x)).toList();
  }

  private String kind(int row, String axis) {
    return AxisKind.of(result.rows().get(row).label(), axis, rowValue(row, axis));
  }

  private String rowValue(int row, String axis) {
    return Objects.requireNonNull(result.rows().get(row).axes().get(axis));
  }

  private static String head(String label, Row row) {
    return switch (row.better()) {
      case LOWER -> label + " ↓";
      case HIGHER -> label + " ↑";
      case UNSTATED -> label;
    };
  }
}
