package dev.swax.runtime.task;

/**
 * A mean over examples that are sums of parts: {@code sum_i s_i / sum_i w_i}. Parts of one example
 * resemble each other, so examples are the sample: the standard error is {@code sqrt(N / (N - 1)
 * sum_i (s_i - mean w_i)²) / sum_i w_i}, which for equal weights is that of the examples' means.
 */
public final class Tally {
  private long count;
  private double sum;
  private double weight;
  private double squares;
  private double products;
  private double weightSquares;

  /** Counts an example; one without weight is none. */
  public void add(double sum, double weight) {
    if (weight == 0) {
      return;
    }
    count++;
    this.sum += sum;
    this.weight += weight;
    squares += sum * sum;
    products += sum * weight;
    weightSquares += weight * weight;
  }

  public long count() {
    return count;
  }

  /** NaN where there is no example. */
  public double mean() {
    return sum / weight;
  }

  public Metric metric(String name) {
    double mean = mean();
    double deviation = squares - 2 * mean * products + mean * mean * weightSquares;
    double error =
        count < 2 ? Double.NaN : Math.sqrt(Math.max(0, deviation) * count / (count - 1)) / weight;
    return new Metric(name, mean, count, error);
  }
}
