package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops down the rows of packed tiles, a vector of columns at a time: what a row needs of the row
 * before it stays in a register. Rows are {@code stride} apart, whole vectors.
 *
 * <p>A loop along each row instead would have two or four rounds, fewer than it takes to begin it.
 */
public final class TileColumns {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private TileColumns() {}

  /** {@code to[j] = x[0] * ... * x[j]}. */
  public static void products(float[] x, float[] to, int stride, int rows) {
    int end = rows * stride;
    for (int c = 0; c < stride; c += LANES) {
      FloatVector product = FloatVector.fromArray(SPECIES, x, c);
      product.intoArray(to, c);
      for (int at = stride + c; at < end; at += stride) {
        product = product.mul(FloatVector.fromArray(SPECIES, x, at));
        product.intoArray(to, at);
      }
    }
  }

  /** {@code to[j] = x[j + 1] * ... * x[rows - 1]}. */
  public static void productsAfter(float[] x, float[] to, int stride, int rows) {
    int last = (rows - 1) * stride;
    for (int c = 0; c < stride; c += LANES) {
      FloatVector product = FloatVector.broadcast(SPECIES, 1);
      product.intoArray(to, last + c);
      for (int at = last + c; at >= stride; at -= stride) {
        product = product.mul(FloatVector.fromArray(SPECIES, x, at));
        product.intoArray(to, at - stride);
      }
    }
  }

  /** {@code x[j] += x[j + 1] + ... + x[rows - 1]}. */
  public static void sumsFrom(float[] x, int stride, int rows) {
    int last = (rows - 1) * stride;
    for (int c = 0; c < stride; c += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, x, last + c);
      for (int at = last + c - stride; at >= 0; at -= stride) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, at));
        sum.intoArray(x, at);
      }
    }
  }

  /** {@code to[j] += first + x[0] + ... + x[j - 1]}. */
  public static void addSumsBefore(float[] first, float[] x, float[] to, int stride, int rows) {
    int end = rows * stride;
    for (int c = 0; c < stride; c += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, first, c);
      for (int at = c; at < end; at += stride) {
        sum.add(FloatVector.fromArray(SPECIES, to, at)).intoArray(to, at);
        sum = sum.add(FloatVector.fromArray(SPECIES, x, at));
      }
    }
  }

  /** {@code x[j] *= factors[from + j]}, its rows beginning at {@code at}. */
  public static void scaleRows(float[] x, int at, int stride, int rows, float[] factors, int from) {
    for (int c = 0; c < stride; c += LANES) {
      int place = at + c;
      for (int j = 0; j < rows; j++) {
        FloatVector.fromArray(SPECIES, x, place).mul(factors[from + j]).intoArray(x, place);
        place += stride;
      }
    }
  }
}
