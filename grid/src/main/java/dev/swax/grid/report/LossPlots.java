package dev.swax.grid.report;

import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.TrainedRun;
import java.util.ArrayList;
import java.util.List;

/** The loss of training runs against their tokens; runs look like their column elsewhere. */
final class LossPlots {
  private static final int MOST_POINTS = 200;
  private static final double[] UNITS = {1e9, 1e6, 1e3, 1};
  private static final String[] NAMES = {
    "billion tokens", "million tokens", "thousand tokens", "tokens"
  };

  private LossPlots() {}

  /** {@code columns}: the labels of all columns, in order. */
  static FigurePlots.Titled plot(String title, List<String> columns, List<TrainedRun> runs) {
    long most = 0;
    boolean averaged = false;
    for (TrainedRun run : runs) {
      averaged |= run.curve().size() > MOST_POINTS;
      if (!run.curve().isEmpty()) {
        most = Math.max(most, run.curve().getLast().tokens());
      }
    }
    int unit = 0;
    while (unit < UNITS.length - 1 && most < UNITS[unit]) {
      unit++;
    }
    List<Plot.Series> series = new ArrayList<>();
    for (TrainedRun run : runs) {
      if (!run.curve().isEmpty()) {
        int identity = columns.indexOf(run.column());
        series.add(
            new Plot.Series(run.column(), identity, false, points(run.curve(), UNITS[unit])));
      }
    }
    return new FigurePlots.Titled(title, caption(runs, averaged), plot(series, NAMES[unit]));
  }

  private static Plot plot(List<Plot.Series> series, String unit) {
    List<Plot.Point> points = series.stream().flatMap(one -> one.points().stream()).toList();
    List<Double> across = new ArrayList<>(points.stream().map(Plot.Point::x).toList());
    List<Double> up = points.stream().map(Plot.Point::y).toList();
    across.add(0.0);
    return new Plot(
        Axis.over(unit, across, TickNumbers::plain),
        Axis.over("training loss, nats per token ↓", up, TickNumbers::plain),
        series,
        Plot.Style.CURVE);
  }

  private static String caption(List<TrainedRun> runs, boolean averaged) {
    List<String> sentences = new ArrayList<>();
    sentences.add("One line a run; seeds of a column share its look.");
    if (averaged) {
      sentences.add("Each point is the mean over neighbouring steps.");
    }
    List<String> without =
        runs.stream().filter(run -> run.curve().isEmpty()).map(Phrases::run).toList();
    if (!without.isEmpty()) {
      sentences.add("No steps yet: " + String.join(", ", without) + ".");
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
}
