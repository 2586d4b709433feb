package dev.swax.grid.statistics;

import java.util.List;

/** Sums from the first to the last, so that another program can get the same digits. */
final class Sums {
  private Sums() {}

  static double of(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  static double mean(List<Double> values) {
    return of(values) / values.size();
  }
}
