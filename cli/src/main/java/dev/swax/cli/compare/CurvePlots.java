package dev.swax.cli.compare;

import dev.swax.cli.observe.Curve;
import dev.swax.grid.report.TickNumbers;
import dev.swax.grid.report.chart.Axis;
import dev.swax.grid.report.chart.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The curves of runs, one plot for each quantity, against the tokens of training. */
final class CurvePlots {
  private static final int MOST_POINTS = 300;
  private static final double[] UNITS = {1e9, 1e6, 1e3, 1};
  private static final String[] NAMES = {
    "billion tokens", "million tokens", "thousand tokens", "tokens"
  };

  private CurvePlots() {}

  /** Those that at least one run has, by heading. */
  static SequencedMap<String, Plot> of(List<ComparedRun> runs) {
    SequencedMap<String, Plot> plots = new LinkedHashMap<>();
    add(plots, runs, "loss", "training loss, nats per token");
    add(plots, runs, "validation/loss", "validation loss, nats per token");
    add(plots, runs, "lr", "learning rate");
    add(plots, runs, "gradientNorm", "gradient norm");
    add(plots, runs, "tokensPerSecond", "tokens per second");
    return plots;
  }

  private static void add(
      SequencedMap<String, Plot> plots, List<ComparedRun> runs, String name, String label) {
    double most = runs.stream().mapToDouble(run -> run.curves().tokens()).max().orElse(0);
    int unit = 0;
    while (unit < UNITS.length - 1 && most < UNITS[unit]) {
      unit++;
    }
    List<Plot.Series> series = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Curve curve = runs.get(i).curves().curves().get(name);
      if (curve != null) {
        series.add(
            new Plot.Series(runs.get(i).label(), i, Plot.Look.OURS, points(curve, UNITS[unit])));
      }
    }
    if (!series.isEmpty()) {
      plots.put(label, plot(series, NAMES[unit], label));
    }
  }

  private static Plot plot(List<Plot.Series> series, String tokens, String label) {
    List<Double> across = new ArrayList<>(List.of(0.0));
    List<Double> up = new ArrayList<>();
    series.forEach(one -> one.points().forEach(point -> across.add(point.x())));
    series.forEach(one -> one.points().forEach(point -> up.add(point.y())));
    return new Plot(
        Axis.over(tokens, across, TickNumbers::plain),
        Axis.over(label, up, TickNumbers::plain),
        series,
        Plot.Style.CURVE);
  }

  /** At most so many points: means over neighbours. A gap interrupts the line. */
  private static List<Plot.Point> points(Curve curve, double unit) {
    int each = (curve.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<Plot.Point> points = new ArrayList<>();
    double sum = 0;
    long count = 0;
    for (int at = 0; at < curve.size(); at++) {
      boolean gap = curve.count(at) == 0;
      sum += gap ? 0 : curve.mean(at) * curve.count(at);
      count += curve.count(at);
      boolean ends = at == curve.size() - 1 || (at + 1) % each == 0 || curve.count(at + 1) == 0;
      double x = curve.place(at).tokens() / unit;
      if (gap) {
        points.add(new Plot.Point(x, Double.NaN, 0, 0));
      } else if (ends) {
        points.add(new Plot.Point(x, sum / count, 0, 0));
        sum = 0;
        count = 0;
      }
    }
    return points;
  }
}
