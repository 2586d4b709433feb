package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.TrainedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The loss of training runs against their tokens; runs look like their column elsewhere. Long
 * curves are averaged, and many are also drawn column by column.
 */
final class LossPlots {
  private static final int MOST_POINTS = 200;

  /** Of the points, this part on either side of each enters its mean. */
  private static final int SMOOTHED = 50;

  /** So many columns can be told apart in one plot. */
  private static final int MOST_TOGETHER = 4;

  private static final double[] UNITS = {1e9, 1e6, 1e3, 1};
  private static final String[] NAMES = {
    "billion tokens", "million tokens", "thousand tokens", "tokens"
  };

  private LossPlots() {}

  /** {@code columns}: the labels of all columns, in order. */
  static FigurePlots.Titled plot(String title, List<String> columns, List<TrainedRun> runs) {
    Scale scale = Scale.of(runs);
    Plot plot = plot(series(columns, runs, scale), scale);
    return new FigurePlots.Titled(title, caption(runs), plot);
  }

  /**
   * One plot for each column that has steps, all on the same axes; empty where one plot of all is
   * enough.
   */
  static SequencedMap<String, Plot> panels(List<String> columns, List<TrainedRun> runs) {
    Scale scale = Scale.of(runs);
    List<Plot.Series> all = series(columns, runs, scale);
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

  /** What the tokens of some runs are counted in. */
  private record Scale(double unit, String name) {
    static Scale of(List<TrainedRun> runs) {
      long most =
          runs.stream()
              .filter(run -> !run.curve().isEmpty())
              .mapToLong(run -> run.curve().getLast().tokens())
              .max()
              .orElse(0);
      int unit = 0;
      while (unit < UNITS.length - 1 && most < UNITS[unit]) {
        unit++;
      }
      return new Scale(UNITS[unit], NAMES[unit]);
    }
  }

  private static List<Plot.Series> series(
      List<String> columns, List<TrainedRun> runs, Scale scale) {
    List<Plot.Series> series = new ArrayList<>();
    for (TrainedRun run : runs) {
      if (!run.curve().isEmpty()) {
        int identity = columns.indexOf(run.column());
        List<Plot.Point> points = smooth(points(run.curve(), scale.unit()));
        series.add(new Plot.Series(run.column(), identity, Plot.Look.OURS, points));
      }
    }
    return series;
  }

  private static Plot plot(List<Plot.Series> series, Scale scale) {
    List<Plot.Point> points = series.stream().flatMap(one -> one.points().stream()).toList();
    List<Double> across = new ArrayList<>(points.stream().map(Plot.Point::x).toList());
    List<Double> up = points.stream().map(Plot.Point::y).toList();
    across.add(0.0);
    return new Plot(
        Axis.over(scale.name(), across, TickNumbers::plain),
        Axis.over("training loss, nats per token ↓", up, TickNumbers::plain),
        series,
        Plot.Style.CURVE);
  }

  private static String caption(List<TrainedRun> runs) {
    boolean averaged = runs.stream().anyMatch(run -> run.curve().size() > MOST_POINTS);
    List<String> sentences = new ArrayList<>();
    sentences.add("One line a run; seeds of a column share its look.");
    if (averaged) {
      sentences.add("Each point is the mean over neighbouring steps.");
    }
    List<String> without =
        runs.stream().filter(run -> run.curve().isEmpty()).map(Phrases::run).toList();
    if (!without.isEmpty()) {
      sentences.add("No steps yet: " + Phrases.list(without) + ".");
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
      double loss = 0;
      for (TrainedRun.Point point : curve.subList(from, to)) {
        tokens += point.tokens();
        loss += point.loss();
      }
      points.add(new Plot.Point(tokens / (to - from) / unit, loss / (to - from), 0, 0));
    }
    return points;
  }

  /** Means over neighbours; over fewer near the beginning, where a curve is steep. */
  private static List<Plot.Point> smooth(List<Plot.Point> points) {
    List<Plot.Point> smooth = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      int before = Math.min(points.size() / SMOOTHED, i);
      int after = Math.min(before, points.size() - 1 - i);
      double loss =
          points.subList(i - before, i + after + 1).stream()
              .mapToDouble(Plot.Point::y)
              .average()
              .orElseThrow();
      smooth.add(new Plot.Point(points.get(i).x(), loss, 0, 0));
    }
    return smooth;
  }
}
