package dev.swax.grid.result;

import java.util.function.DoubleUnaryOperator;

/**
 * An interval of 95 %.
 *
 * @param p how often chance alone gives as much; NaN where nothing was compared
 * @param count of the seeds or examples that it was made of
 * @param ofExamples whether these are examples
 */
public record Range(double low, double high, double p, int count, boolean ofExamples) {

  /** Of a value that was mapped by a function that only rises, or only falls. */
  public Range mapped(DoubleUnaryOperator function) {
    double a = function.applyAsDouble(low);
    double b = function.applyAsDouble(high);
    return new Range(Math.min(a, b), Math.max(a, b), p, count, ofExamples);
  }
}
