package dev.swax.grid.statistics;

import dev.swax.runtime.random.RandomStream;
import java.util.List;

/**
 * The mean of paired differences, with its {@link Bootstrap} interval and the p value of a test by
 * exchanged signs (Fisher 1935): if nothing but chance made the differences, each could as well
 * have the other sign. p is the share of all ways to set the signs whose sum is at least as far
 * from 0.
 */
public final class Paired {
  /** Up to so many differences all 2^n ways are tried. */
  private static final int ALL = 16;

  private static final int DRAWN = 10_000;

  /** Sums that differ by so little of the differences' sizes differ by rounding only. */
  private static final double ROUNDING = 1e-12;

  private Paired() {}

  /** Of differences, one for each pair. */
  public static Estimate of(List<Double> differences) {
    Estimate mean = Bootstrap.mean(differences);
    double p = differences.size() > ALL ? drawn(differences) : all(differences);
    return new Estimate(mean.value(), mean.low(), mean.high(), p, mean.count());
  }

  /** From here on a sum is as far from 0 as that of the differences. */
  private static double observed(List<Double> differences) {
    double sizes = Sums.of(differences.stream().map(Math::abs).toList());
    return Math.abs(Sums.of(differences)) - ROUNDING * sizes;
  }

  private static double all(List<Double> differences) {
    double observed = observed(differences);
    int ways = 1 << differences.size();
    int far = 0;
    for (int signs = 0; signs < ways; signs++) {
      double sum = 0;
      for (int i = 0; i < differences.size(); i++) {
        sum += ((signs >> i) & 1) == 0 ? differences.get(i) : -differences.get(i);
      }
      far += Math.abs(sum) >= observed ? 1 : 0;
    }
    return (double) far / ways;
  }

  /** Some ways, drawn from the stream {@code signs} of seed 1; the observed one is counted too. */
  private static double drawn(List<Double> differences) {
    double observed = observed(differences);
    RandomStream stream = new RandomStream(1, "signs");
    int far = 1;
    for (int way = 0; way < DRAWN; way++) {
      double sum = 0;
      for (double difference : differences) {
        sum += stream.nextInt(2) == 0 ? difference : -difference;
      }
      far += Math.abs(sum) >= observed ? 1 : 0;
    }
    return (double) far / (DRAWN + 1);
  }
}
