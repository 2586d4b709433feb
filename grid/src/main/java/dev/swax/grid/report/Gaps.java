package dev.swax.grid.report;

import dev.swax.grid.report.chart.Plot;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the points of a figure, and keeps what it cannot show, so that its caption says so. */
final class Gaps {
  private int asked;
  private final List<String> places = new ArrayList<>();

  /** The point of an entry; one without a number interrupts its line. */
  Plot.Point point(double x, Entry entry, String series, String value) {
    asked++;
    if (isNumber(entry) && entry instanceof Entry.Value number) {
      Range range = number.range();
      return range == null
          ? new Plot.Point(x, number.mean(), 0, spread(number))
          : new Plot.Point(x, number.mean(), 0, range.low(), range.high());
    }
    places.add("%s at %s (%s)".formatted(series, value, why(entry)));
    return new Plot.Point(x, Double.NaN, 0, 0);
  }

  private static boolean isNumber(Entry entry) {
    return entry instanceof Entry.Value value && Double.isFinite(value.mean());
  }

  private static String why(Entry entry) {
    return switch (entry) {
      case Entry.Value _ -> "no finite number";
      case Entry.Failed _ -> "failed";
      case Entry.Missing missing -> missing.reason() == null ? "not run" : "missing";
      case Entry.NotApplicable _ -> "n/a";
    };
  }

  /** The point of an entry that has no place across. */
  Plot.Point level(Entry entry, String series) {
    asked++;
    if (isNumber(entry) && entry instanceof Entry.Value number) {
      return new Plot.Point(0, number.mean(), 0, 0);
    }
    places.add("%s (%s)".formatted(series, why(entry)));
    return new Plot.Point(0, Double.NaN, 0, 0);
  }

  /** Standard deviation over seeds, else the standard error by examples, else 0. */
  static double spread(Entry.Value value) {
    double spread = Double.isNaN(value.spread()) ? value.standardError() : value.spread();
    return Double.isFinite(spread) ? spread : 0;
  }

  /** The point of two entries; empty where one has no number. */
  Optional<Plot.Point> point(Entry across, Entry up, String series) {
    asked++;
    if (isNumber(across)
        && isNumber(up)
        && across instanceof Entry.Value x
        && up instanceof Entry.Value y) {
      return Optional.of(new Plot.Point(x.mean(), y.mean(), spread(x), spread(y)));
    }
    places.add("%s (%s)".formatted(series, why(isNumber(across) ? up : across)));
    return Optional.empty();
  }

  /** The point of what is printed of two entries. */
  static Optional<Plot.Point> printed(Entry across, Entry up) {
    Entry.Reference x = across.reference();
    Entry.Reference y = up.reference();
    return x != null && y != null && Double.isFinite(x.value()) && Double.isFinite(y.value())
        ? Optional.of(new Plot.Point(x.value(), y.value(), 0, 0))
        : Optional.empty();
  }

  String caption(List<Plot.Series> series) {
    List<String> sentences = new ArrayList<>();
    if (series.stream().flatMap(s -> s.points().stream()).anyMatch(Gaps::hasSpread)) {
      sentences.add(
          bands(series)
              ? "Bands: intervals of 95 %."
              : "Bars: standard deviation over the seeds, or the standard error if there is one"
                  + " seed.");
    }
    if (series.stream().anyMatch(Plot.Series::printed)) {
      sentences.add("Hollow marks: the printed values.");
    }
    if (series.stream().anyMatch(one -> one.look() == Plot.Look.LEVEL)) {
      sentences.add("Lines without marks: columns that have no position on the axis.");
    }
    if (asked > 0 && places.size() == asked) {
      sentences.add("None of ours has a value yet.");
    } else if (!places.isEmpty()) {
      sentences.add("Without a value: " + Phrases.list(places) + ".");
    }
    return String.join(" ", sentences);
  }

  private static boolean hasSpread(Plot.Point point) {
    return point.spreadX() > 0 || point.high() > point.low();
  }

  private static boolean bands(List<Plot.Series> series) {
    return series.stream().anyMatch(Plot.Series::band);
  }
}
