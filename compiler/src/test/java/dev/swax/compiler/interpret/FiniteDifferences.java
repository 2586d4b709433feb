package dev.swax.compiler.interpret;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Seeded matrices, and derivatives by central differences. */
public final class FiniteDifferences {
  private static final double STEP = 1e-5;

  private FiniteDifferences() {}

  /** Values of N(0, deviation²) around {@code mean}. */
  public static Matrix normal(
      SplittableRandom random, int rows, int columns, double mean, double deviation) {
    Matrix matrix = Matrix.zeros(rows, columns);
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = mean + deviation * random.nextGaussian();
    }
    return matrix;
  }

  /** {@code d loss / d x}; x is changed and put back. */
  public static Matrix gradient(Matrix x, DoubleSupplier loss) {
    Matrix gradient = Matrix.zeros(x.rows(), x.columns());
    for (int i = 0; i < x.values().length; i++) {
      double value = x.values()[i];
      x.values()[i] = value + STEP;
      double above = loss.getAsDouble();
      x.values()[i] = value - STEP;
      double below = loss.getAsDouble();
      x.values()[i] = value;
      gradient.values()[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  /** {@code sum of a * b}. */
  public static double dot(Matrix a, Matrix b) {
    double sum = 0;
    for (int i = 0; i < a.values().length; i++) {
      sum += a.values()[i] * b.values()[i];
    }
    return sum;
  }
}
