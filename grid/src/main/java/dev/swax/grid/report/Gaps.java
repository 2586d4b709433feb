package dev.swax.grid.report;

import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Makes the points of a figure, and keeps what it cannot show, so that its caption says so. */
final class Gaps {
  private final List<String> places = new ArrayList<>();
  private final SequencedSet<String> left = new LinkedHashSet<>();

  /** The point of an entry; one without a number interrupts its line. */
  Plot.Point point(double x, Entry entry, String series, String value) {
    if (entry instanceof Entry.Value number && Double.isFinite(number.mean())) {
      return new Plot.Point(x, number.mean(), 0, spread(number));
    }
    String why =
        switch (entry) {
          case Entry.Value _ -> "no finite number";
          case Entry.Failed _ -> "failed";
          case Entry.Missing _ -> "not run";
          case Entry.NotApplicable _ -> "n/a";
        };
    places.add("%s at %s (%s)".formatted(series, value, why));
    return new Plot.Point(x, Double.NaN, 0, 0);
  }

  /** Something has no place in this figure. */
  void left(String series) {
    left.add(series);
  }

  /** Standard deviation over seeds, else the standard error by examples, else 0. */
  static double spread(Entry.Value value) {
    double spread = Double.isNaN(value.spread()) ? value.standardError() : value.spread();
    return Double.isFinite(spread) ? spread : 0;
  }

  String caption(boolean spreads) {
    List<String> sentences = new ArrayList<>();
    if (spreads) {
      sentences.add(
          "Bars: standard deviation over the seeds, or the standard error where there is one seed.");
    }
    if (!places.isEmpty()) {
      sentences.add("Without a value: " + String.join(", ", places) + ".");
    }
    if (!left.isEmpty()) {
      sentences.add("Not shown: " + String.join(", ", left) + ".");
    }
    return String.join(" ", sentences);
  }
}
