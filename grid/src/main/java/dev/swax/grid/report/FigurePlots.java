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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns the values of a grid into what its figures show. */
final class FigurePlots {
  /**
   * A plot and what is to be said under it.
   *
   * @param title of this plot, within the figure's where the figure has several
   */
  record Titled(String title, String caption, Plot plot) {}

  /** An axis of names, and what its values count, or null where that is not known. */
  record Across(String name, @Nullable String quantity) {
    String label() {
      return quantity == null ? name : "%s: %s".formatted(name, quantity);
    }
  }

  private final GridResult result;

  FigurePlots(GridResult result) {
    this.result = result;
  }

  /** One plot for each kind of row; a line for each column. */
  List<Titled> againstRows(String title, Across across, List<Integer> rows) {
    String axis = across.name();
    SequencedMap<String, List<Integer>> kinds = new LinkedHashMap<>();
    for (int row : rows) {
      String value = result.rows().get(row).axes().get(axis);
      if (value != null) {
        kinds.computeIfAbsent(line(row, axis), _ -> new ArrayList<>()).add(row);
      }
    }
    SequencedMap<String, String> names = AxisKind.of(kinds.keySet(), axis);
    List<Titled> plots = new ArrayList<>();
    kinds.forEach((line, members) -> {
      String kind = Objects.requireNonNull(names.get(line));
      String own = kinds.size() == 1 ? title : title + ": " + kind;
      plots.add(againstRows(own, across, kind, members));
    });
    return plots;
  }

  private Titled againstRows(String title, Across across, String kind, List<Integer> rows) {
    String axis = across.name();
    AxisScale scale =
        new AxisScale(across.label(), rows.stream().map(row -> rowValue(row, axis)).toList());
    Lines lines = new Lines();
    for (int column : result.shown()) {
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
  List<Titled> againstColumns(String title, Across across, List<Integer> rows) {
    List<Titled> plots = new ArrayList<>();
    for (int row : rows) {
      String label = result.rows().get(row).label();
      String own = rows.size() == 1 ? title : title + ": " + label;
      plots.add(againstColumns(own, across, row));
    }
    return plots;
  }

  private Titled againstColumns(String title, Across across, int row) {
    String axis = across.name();
    List<String> values = new ArrayList<>();
    List<Integer> shown = columnsOf(axis);
    shown.stream()
        .map(result.columns()::get)
        .map(column -> column.axes().get(axis))
        .filter(value -> value != null)
        .forEach(values::add);
    AxisScale scale = new AxisScale(across.label(), values);
    Axis horizontal = scale.axis();
    SequencedMap<String, String> names = AxisKind.of(lines(shown, axis), axis);
    Lines lines = new Lines();
    for (int i : shown) {
      Column column = result.columns().get(i);
      String value = column.axes().get(axis);
      if (value == null) {
        lines.level(column.label(), result.entry(row, i), horizontal);
      } else {
        String kind = names.getOrDefault(column.lines().getOrDefault(axis, ""), column.label());
        lines.add(kind, scale.position(value), result.entry(row, i), column.label(), value);
      }
    }
    Row measure = result.rows().get(row);
    return plot(title, horizontal, head(measure.label(), measure), lines, measure);
  }

  private List<String> lines(List<Integer> columns, String axis) {
    return columns.stream()
        .map(result.columns()::get)
        .map(column -> column.lines().get(axis))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Those that tables show; all, where only candidates have the axis. */
  private List<Integer> columnsOf(String axis) {
    List<Integer> shown = result.shown();
    boolean bound =
        shown.stream().anyMatch(column -> result.columns().get(column).axes().containsKey(axis));
    return bound ? shown : IntStream.range(0, result.columns().size()).boxed().toList();
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
    for (int i : result.shown()) {
      String label = result.columns().get(i).label();
      Entry across = result.entry(x, i);
      Entry up = result.entry(y, i);
      Optional<Plot.Point> ours = gaps.point(across, up, label);
      Optional<Plot.Point> printed = Gaps.printed(across, up);
      if (ours.isPresent()) {
        series.add(new Plot.Series(label, i, Plot.Look.OURS, List.of(ours.get())));
      }
      if (printed.isPresent()) {
        String name = ours.isPresent() ? "" : label;
        series.add(new Plot.Series(name, i, Plot.Look.PRINTED, List.of(printed.get())));
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
      ends.addAll(List.of(point.low(), point.high()));
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

  private String line(int row, String axis) {
    Row measure = result.rows().get(row);
    return measure.lines().getOrDefault(axis, measure.label());
  }

  private String rowValue(int row, String axis) {
    return Objects.requireNonNull(result.rows().get(row).axes().get(axis));
  }

  /** What an axis says of a row: its label, what it counts where that says more, what is better. */
  private static String head(String label, Row row) {
    String quantity = row.quantity();
    boolean known =
        quantity == null
            || label.toLowerCase(Locale.ROOT).contains(quantity.toLowerCase(Locale.ROOT));
    String text = known ? label : label + ": " + quantity;
    return switch (row.better()) {
      case LOWER -> text + " ↓";
      case HIGHER -> text + " ↑";
      case UNSTATED -> text;
    };
  }
}
