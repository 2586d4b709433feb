package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;

/** What the squared logarithm of the sum of a token's exponentials counts beside its loss. */
public final class ZLoss {
  private double coefficient;
  private double sum;

  /** From now on it counts so much. */
  public void set(double value) {
    coefficient = value;
  }

  public double coefficient() {
    return coefficient;
  }

  /** Before the first rows of a call. */
  public void begin() {
    sum = 0;
  }

  /** Adds what the predicted rows count. */
  void add(Tensor logSumExp, int[] targets, int rows) {
    double squares = 0;
    for (int row = 0; row < rows && coefficient > 0; row++) {
      double all = targets[row] < 0 ? 0 : logSumExp.get(row);
      squares += all * all;
    }
    sum += coefficient * squares;
  }

  /** Adds what a predicted row counts whose logarithm is {@code logSumExp}. */
  public void add(double logSumExp) {
    if (coefficient > 0) {
      sum += coefficient * logSumExp * logSumExp;
    }
  }

  /** Of all rows since the call began. */
  public double sum() {
    return sum;
  }
}
