package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Course;
import dev.swax.grid.result.TrainedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What training runs measured, against their tokens; runs look like their column elsewhere. Long
 * curves are averaged, and many are also drawn column by column.
 *
 * @param course what is drawn
 * @param columns the labels of all columns, in order
 */
record CoursePlots(Course course, List<String> columns, List<TrainedRun> runs) {
  private static final int MOST_POINTS = 200;

  /** Of the points, this part on either side of each enters its mean. */
  private static final int SMOOTHED = 50;

  /** So many columns can be told apart in one plot. */
  private static final int MOST_TOGETHER = 4;

  private static final double[] UNITS = {1e9, 1e6, 1e3, 1};
  private static final String[] NAMES = {
    "billion tokens", "million tokens", "thousand tokens", "tokens"
  };

  CoursePlots {
    columns = List.copyOf(columns);
    runs = List.copyOf(runs);
  }

  /** All runs in one plot. */
  FigurePlots.Titled plot(String title) {
    Scale scale = scale();
    return new FigurePlots.Titled(title, caption(), plot(series(scale), scale));
  }

  /** What goes up in a plot. */
  String up() {
    return switch (course) {
      case LOSS -> "training loss, nats per token";
      case STATE -> "norm of the state of a head";
      case RECENT -> "share of attention on the most recent keys";
    };
  }

  /**
   * One plot for each column that has steps, all on the same axes; empty where one plot of all is
   * enough.
   */
  SequencedMap<String, Plot> panels() {
    Scale scale = scale();
    List<Plot.Series> all = series(scale);
    Plot together = plot(all, scale);
    SequencedMap<String, Plot> panels = new LinkedHashMap<>();
    for (String column : columns) {
      List<Plot.Series> own = all.stream().filter(one -> one.label().equals(column)).toList();
      if (!own.isEmpty()) {
        panels.put(column, new Plot(together.x(), together.y(), own, Plot.Style.CURVE));
      }
    }
    return panels.size() > MOST_TOGETHER ? panels : new LinkedHashMap<>();
  }

  /** What the tokens of the runs are counted in. */
  private record Scale(double unit, String name) {}

  private Scale scale() {
    long most =
        runs.stream()
            .map(run -> run.curve(course))
            .filter(curve -> !curve.isEmpty())
            .mapToLong(curve -> curve.getLast().tokens())
            .max()
            .orElse(0);
    int unit = 0;
    while (unit < UNITS.length - 1 && most < UNITS[unit]) {
      unit++;
    }
    return new Scale(UNITS[unit], NAMES[unit]);
  }

  private List<Plot.Series> series(Scale scale) {
    List<Plot.Series> series = new ArrayList<>();
    for (TrainedRun run : runs) {
      List<TrainedRun.Point> curve = run.curve(course);
      if (!curve.isEmpty()) {
        int identity = columns.indexOf(run.column());
        List<Plot.Point> points = smooth(points(curve, scale.unit()));
        series.add(new Plot.Series(run.column(), identity, Plot.Look.OURS, points));
      }
    }
    return series;
  }

  private Plot plot(List<Plot.Series> series, Scale scale) {
    List<Plot.Point> points = series.stream().flatMap(one -> one.points().stream()).toList();
    List<Double> across = new ArrayList<>(points.stream().map(Plot.Point::x).toList());
    List<Double> values = points.stream().map(Plot.Point::y).toList();
    across.add(0.0);
    return new Plot(
        Axis.over(scale.name(), across, TickNumbers::plain),
        Axis.over(course == Course.LOSS ? up() + " ↓" : up(), values, TickNumbers::plain),
        series,
        Plot.Style.CURVE);
  }

  private String caption() {
    boolean averaged = runs.stream().anyMatch(run -> run.curve(course).size() > MOST_POINTS);
    List<String> sentences = new ArrayList<>();
    sentences.add("One line a run; seeds of a column share its look.");
    if (averaged) {
      sentences.add("Each point is the mean over neighbouring steps.");
    }
    List<String> without =
        runs.stream().filter(run -> run.curve(course).isEmpty()).map(Phrases::run).toList();
    if (!without.isEmpty()) {
      String none = course == Course.LOSS ? "Without steps: " : "Nothing measured: ";
      sentences.add(none + Phrases.list(without) + ".");
    }
    return String.join(" ", sentences);
  }

  /** At most {@value #MOST_POINTS} points: means over equal numbers of steps. */
  private static List<Plot.Point> points(List<TrainedRun.Point> curve, double unit) {
    int bins = Math.min(MOST_POINTS, curve.size());
    List<Plot.Point> points = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int from = (int) ((long) bin * curve.size() / bins);
      int to = (int) ((bin + 1L) * curve.size() / bins);
      double tokens = 0;
      double value = 0;
      for (TrainedRun.Point point : curve.subList(from, to)) {
        tokens += point.tokens();
        value += point.value();
      }
      points.add(new Plot.Point(tokens / (to - from) / unit, value / (to - from), 0, 0));
    }
    return points;
  }

  /** Means over neighbours; over fewer near the beginning, where a curve is steep. */
  private static List<Plot.Point> smooth(List<Plot.Point> points) {
    List<Plot.Point> smooth = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      int before = Math.min(points.size() / SMOOTHED, i);
      int after = Math.min(before, points.size() - 1 - i);
      double mean =
          points.subList(i - before, i + after + 1).stream()
              .mapToDouble(Plot.Point::y)
              .average()
              .orElseThrow();
      smooth.add(new Plot.Point(points.get(i).x(), mean, 0, 0));
    }
    return smooth;
  }
}
