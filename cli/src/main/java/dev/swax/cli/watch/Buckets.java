package dev.swax.cli.watch;

import dev.swax.cli.observe.Curve;

/** Buckets of a curve joined to fewer. Arrays may be longer than {@code size}. */
final class Buckets {
  private final double[] x;
  private final double[] low;
  private final double[] high;
  private final double[] mean;
  private int size;

  private Buckets(int most) {
    x = new double[most];
    low = new double[most];
    high = new double[most];
    mean = new double[most];
  }

  /** Those from one bucket to another, that one not included. */
  static Buckets of(Curve curve, int from, int to, CurveJson.View view) {
    int each = Math.max(1, (to - from + view.points() - 1) / Math.max(1, view.points()));
    var buckets = new Buckets(to - from);
    int at = from;
    while (at < to) {
      int end = at + 1;
      while (end < Math.min(to, at + each) && (curve.count(end) == 0) == (curve.count(at) == 0)) {
        end++;
      }
      buckets.join(curve, at, end, view.across());
      at = end;
    }
    return buckets;
  }

  private void join(Curve curve, int from, int to, CurveJson.Across across) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long count = 0;
    for (int at = from; at < to; at++) {
      least = Math.min(least, curve.least(at));
      greatest = Math.max(greatest, curve.greatest(at));
      sum += curve.mean(at) * curve.count(at);
      count += curve.count(at);
    }
    x[size] = across.of(curve.place(to - 1));
    low[size] = count == 0 ? Double.NaN : least;
    high[size] = count == 0 ? Double.NaN : greatest;
    mean[size] = sum / count;
    size++;
  }

  int size() {
    return size;
  }

  double[] x() {
    return x;
  }

  double[] low() {
    return low;
  }

  double[] high() {
    return high;
  }

  double[] mean() {
    return mean;
  }
}
