package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpression.Statistic;
import dev.swax.grid.result.Range;
import dev.swax.grid.statistics.Bootstrap;
import dev.swax.grid.statistics.Estimate;
import dev.swax.grid.statistics.Paired;
import dev.swax.grid.statistics.Wilson;
import java.util.ArrayList;
import java.util.List;

/** What several values come to, as an amount with an interval. */
final class Statistics {
  private Statistics() {}

  /** Of the values of all seeds. */
  static Amount overSeeds(Statistic statistic, List<Amount> seeds) {
    List<Double> values = new ArrayList<>();
    for (Amount seed : seeds) {
      if (!(seed instanceof Amount.Known known)) {
        return seeds.stream().reduce(Amount::worse).orElse(seed);
      }
      values.add(known.value());
    }
    if (values.size() < 2) {
      return new Amount.NotApplicable("it is over seeds, and there is one");
    }
    if (values.stream().anyMatch(value -> !Double.isFinite(value))) {
      return new Amount.NotApplicable("a seed has no finite value");
    }
    Estimate estimate =
        switch (statistic) {
          case RATE -> Wilson.of(values);
          case MEDIAN -> Bootstrap.median(values);
          case BOOTSTRAP -> Bootstrap.mean(values);
          case DIFFERENCE -> Paired.of(values);
        };
    return amount(estimate, false);
  }

  /** Of paired differences, one for each example. */
  static Amount overExamples(List<Double> differences) {
    return amount(Paired.of(differences), true);
  }

  private static Amount amount(Estimate estimate, boolean ofExamples) {
    Range range =
        new Range(estimate.low(), estimate.high(), estimate.p(), estimate.count(), ofExamples);
    return new Amount.Known(estimate.value(), 0, 0, range);
  }
}
