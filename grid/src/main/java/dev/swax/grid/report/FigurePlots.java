package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Column;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    Lines lines = new Lines();
    for (int column = 0; column < result.columns().size(); column++) {
      String label = result.columns().get(column).label();
      for (int row : rows) {
        String value = rowValue(row, axis);
        lines.add(label, scale.position(value), result.entry(row, column), label, value);
      }
    }
    Row first = result.rows().get(rows.getFirst());
    return plot(title, scale.axis(), head(kind, first), lines, first);
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
    Lines lines = new Lines();
    for (int i = 0; i < result.columns().size(); i++) {
      Column column = result.columns().get(i);
      String value = column.axes().get(axis);
      if (value == null) {
        lines.leave(column.label());
      } else {
        String kind = AxisKind.of(column.label(), axis, value);
        lines.add(kind, scale.position(value), result.entry(row, i), column.label(), value);
      }
    }
    Row measure = result.rows().get(row);
    return plot(title, scale.axis(), head(measure.label(), measure), lines, measure);
  }

  private static Titled plot(
      String title, Axis horizontal, String label, Lines lines, Row measure) {
    List<Plot.Series> series = lines.series();
    Axis vertical = vertical(label, series, measure);
    Plot plot = new Plot(horizontal, vertical, series, Plot.Style.MEASURED);
    return new Titled(title, lines.caption(), plot);
  }

  /** One point for each column, and a hollow one for what is printed of it. */
  Titled scatter(String title, int x, int y) {
    Gaps gaps = new Gaps();
    List<Plot.Series> series = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      String label = result.columns().get(i).label();
      Entry across = result.entry(x, i);
      Entry up = result.entry(y, i);
      Optional<Plot.Point> ours = gaps.point(across, up, label);
      Optional<Plot.Point> printed = Gaps.printed(across, up);
      if (ours.isPresent()) {
        series.add(new Plot.Series(label, i, false, List.of(ours.get())));
      }
      if (printed.isPresent()) {
        String name = ours.isPresent() ? "" : label;
        series.add(new Plot.Series(name, i, true, List.of(printed.get())));
      }
    }
    Row across = result.rows().get(x);
    Row up = result.rows().get(y);
    Plot plot =
        new Plot(
            horizontal(head(across.label(), across), series, across),
            vertical(head(up.label(), up), series, up),
            series,
            Plot.Style.LABELLED);
    return new Titled(title, gaps.caption(series), plot);
  }

  private static Axis horizontal(String label, List<Plot.Series> series, Row row) {
    List<Double> ends = new ArrayList<>();
    for (Plot.Point point : points(series)) {
      ends.addAll(List.of(point.x() - point.spreadX(), point.x() + point.spreadX()));
    }
    return Axis.over(label, ends, numbers(row));
  }

  private static Axis vertical(String label, List<Plot.Series> series, Row row) {
    List<Double> ends = new ArrayList<>();
    for (Plot.Point point : points(series)) {
      ends.addAll(List.of(point.y() - point.spreadY(), point.y() + point.spreadY()));
    }
    return Axis.over(label, ends, numbers(row));
  }

  private static Axis.Numbers numbers(Row row) {
    String format = row.format();
    return format != null && format.endsWith("%") ? TickNumbers::percent : TickNumbers::plain;
  }

  private static List<Plot.Point> points(List<Plot.Series> series) {
    return series.stream().flatMap(one -> one.points().stream()).toList();
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
