package dev.swax.grid.statistics;

import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap (Efron 1979): the statistic of so many samples that are drawn from the
 * values with replacement; the interval goes from its 2.5 % to its 97.5 % quantile. The draws are
 * the same in each call: value i of sample b is number {@code b n + i} of the stream {@code
 * bootstrap} of seed 1, as {@link RandomStream#nextInt} gives it.
 */
public final class Bootstrap {
  private static final int SAMPLES = 10_000;

  /** Of many values fewer samples do. */
  private static final int SAMPLES_OF_MANY = 2_000;

  private static final int MANY = 100;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /** The mean and its interval. */
  public static Estimate mean(List<Double> values) {
    return of(values, sample -> Arrays.stream(sample).reduce(0, Double::sum) / sample.length);
  }

  /** The median and its interval. */
  public static Estimate median(List<Double> values) {
    return of(values, Bootstrap::median);
  }

  private static double median(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return Quantile.median(sorted);
  }

  private static Estimate of(List<Double> values, ToDoubleFunction<double[]> statistic) {
    int n = values.size();
    RandomStream stream = new RandomStream(1, "bootstrap");
    double[] results = new double[n > MANY ? SAMPLES_OF_MANY : SAMPLES];
    double[] sample = new double[n];
    for (int b = 0; b < results.length; b++) {
      for (int i = 0; i < n; i++) {
        sample[i] = values.get(stream.nextInt(n));
      }
      results[b] = statistic.applyAsDouble(sample);
    }
    Arrays.sort(results);
    double value =
        statistic.applyAsDouble(values.stream().mapToDouble(Double::doubleValue).toArray());
    return new Estimate(value, Quantile.of(results, TAIL), Quantile.of(results, 1 - TAIL), n);
  }
}
