package dev.swax.runtime.kernel.tile;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with matrices [length, length] of which only the lower half counts, and systems of
 * equations with them. Such a matrix has rows of {@code square} floats, and room for rows up to the
 * next multiple of {@link TileProduct#ROWS}.
 */
public final class TileTriangle {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;
  private static final int ROWS = TileProduct.ROWS;
  private static final int PANEL = 2 * LANES;

  private TileTriangle() {}

  /** The columns that {@link #lower} writes of row {@code j}, a multiple of the vector length. */
  public static int columns(int j, int length) {
    return TileProduct.padColumns(Math.min(length, (j / ROWS + 1) * ROWS));
  }

  /**
   * {@code c[j, l] = a[j] . b[:, l]} for l up to the end of j's group of rows. a [length, depth], b
   * [depth, length] with rows of {@code square} floats, c [length, length].
   */
  public static void lower(
      float[] a, int aStride, float[] b, float[] c, int square, int length, int depth) {
    for (int n = 0; n < length; n += PANEL) {
      for (int r = n / ROWS * ROWS; r < length; r += ROWS) {
        int columns = Math.min(PANEL, columns(r, length) - n);
        if (columns > 0) {
          TileProduct.multiply(
              a,
              r * aStride,
              aStride,
              b,
              n,
              square,
              c,
              r * square + n,
              square,
              ROWS,
              columns,
              depth,
              false);
        }
      }
    }
  }

  /** {@code c[j] += sum over l <= j of a[j, l] b[l]}. a as {@link #lower} gives it. */
  public static void addLower(float[] a, int square, float[] b, float[] c, int stride, int length) {
    for (int n = 0; n < stride; n += PANEL) {
      for (int r = 0; r < length; r += ROWS) {
        TileProduct.multiply(
            a,
            r * square,
            square,
            b,
            n,
            stride,
            c,
            r * stride + n,
            stride,
            ROWS,
            Math.min(PANEL, stride - n),
            Math.min(length, r + ROWS),
            true);
      }
    }
  }

  /** {@code c[l] += sum over j >= l of a[j, l] b[j]}. a as {@link #lower} gives it. */
  public static void addLowerTransposed(
      float[] a, int square, float[] b, float[] c, int stride, int length) {
    for (int n = 0; n < stride; n += PANEL) {
      for (int r = 0; r < length; r += ROWS) {
        TileProduct.multiplyTransposed(
            a,
            r * square + r,
            square,
            b,
            r * stride + n,
            stride,
            c,
            r * stride + n,
            stride,
            ROWS,
            Math.min(PANEL, stride - n),
            length - r,
            true);
      }
    }
  }

  /**
   * Solves {@code x[j] = x[j] + sum over l < j of a[j, l] x[l]} by forward substitution, a group of
   * rows after the other. Only what is below the diagonal is read of a.
   */
  public static void solve(float[] a, int square, float[] x, int from, int stride, int length) {
    solve(a, 0, square, x, from, stride, length);
  }

  /** The same with a matrix that begins at column {@code aFrom}. */
  public static void solve(
      float[] a, int aFrom, int square, float[] x, int from, int stride, int length) {
    for (int n = 0; n < stride; n += PANEL) {
      int columns = Math.min(PANEL, stride - n);
      for (int r = 0; r < length; r += ROWS) {
        int to = from + r * stride + n;
        if (r > 0) {
          int row = aFrom + r * square;
          TileProduct.multiply(
              a, row, square, x, from + n, stride, x, to, stride, ROWS, columns, r, true);
        }
        for (int c = 0; c < columns; c += LANES) {
          down(a, aFrom + r * square + r, square, x, to + c, stride);
        }
      }
    }
  }

  /**
   * Solves {@code x[l] = x[l] + sum over j > l of a[j, l] x[j]} by substitution from the last row
   * on. Spoils the rows after {@code length} of the last group, of a and of x.
   */
  public static void solveTransposed(float[] a, int square, float[] x, int stride, int length) {
    solveTransposed(a, 0, square, x, 0, stride, length);
  }

  /** The same with a matrix that begins at column {@code aFrom}. */
  public static void solveTransposed(
      float[] a, int aFrom, int square, float[] x, int from, int stride, int length) {
    int end = TileProduct.padRows(length);
    Arrays.fill(a, length * square, end * square, 0);
    Arrays.fill(x, from + length * stride, from + end * stride, 0);
    for (int n = 0; n < stride; n += PANEL) {
      int columns = Math.min(PANEL, stride - n);
      for (int r = end - ROWS; r >= 0; r -= ROWS) {
        int to = from + r * stride + n;
        int below = r + ROWS;
        if (below < length) {
          TileProduct.multiplyTransposed(
              a,
              aFrom + below * square + r,
              square,
              x,
              from + below * stride + n,
              stride,
              x,
              to,
              stride,
              ROWS,
              columns,
              length - below,
              true);
        }
        for (int c = 0; c < columns; c += LANES) {
          up(a, aFrom + r * square + r, square, x, to + c, stride);
        }
      }
    }
  }

  /** One group of rows of one vector of columns: a row takes those above it. */
  private static void down(float[] a, int at, int square, float[] x, int from, int stride) {
    int a1 = at + square;
    int a2 = a1 + square;
    int a3 = a2 + square;
    int a4 = a3 + square;
    int a5 = a4 + square;
    FloatVector x0 = load(x, from);
    FloatVector x1 = all(a[a1]).fma(x0, load(x, from + stride));
    FloatVector x2 = all(a[a2]).fma(x0, load(x, from + 2 * stride));
    x2 = all(a[a2 + 1]).fma(x1, x2);
    FloatVector x3 = all(a[a3]).fma(x0, load(x, from + 3 * stride));
    x3 = all(a[a3 + 1]).fma(x1, x3);
    x3 = all(a[a3 + 2]).fma(x2, x3);
    FloatVector x4 = all(a[a4]).fma(x0, load(x, from + 4 * stride));
    x4 = all(a[a4 + 1]).fma(x1, x4);
    x4 = all(a[a4 + 2]).fma(x2, x4);
    x4 = all(a[a4 + 3]).fma(x3, x4);
    FloatVector x5 = all(a[a5]).fma(x0, load(x, from + 5 * stride));
    x5 = all(a[a5 + 1]).fma(x1, x5);
    x5 = all(a[a5 + 2]).fma(x2, x5);
    x5 = all(a[a5 + 3]).fma(x3, x5);
    x5 = all(a[a5 + 4]).fma(x4, x5);
    x1.intoArray(x, from + stride);
    x2.intoArray(x, from + 2 * stride);
    x3.intoArray(x, from + 3 * stride);
    x4.intoArray(x, from + 4 * stride);
    x5.intoArray(x, from + 5 * stride);
  }

  /** The same where a row takes those below it. */
  private static void up(float[] a, int at, int square, float[] x, int from, int stride) {
    int a1 = at + square;
    int a2 = a1 + square;
    int a3 = a2 + square;
    int a4 = a3 + square;
    int a5 = a4 + square;
    FloatVector x5 = load(x, from + 5 * stride);
    FloatVector x4 = all(a[a5 + 4]).fma(x5, load(x, from + 4 * stride));
    FloatVector x3 = all(a[a5 + 3]).fma(x5, load(x, from + 3 * stride));
    x3 = all(a[a4 + 3]).fma(x4, x3);
    FloatVector x2 = all(a[a5 + 2]).fma(x5, load(x, from + 2 * stride));
    x2 = all(a[a4 + 2]).fma(x4, x2);
    x2 = all(a[a3 + 2]).fma(x3, x2);
    FloatVector x1 = all(a[a5 + 1]).fma(x5, load(x, from + stride));
    x1 = all(a[a4 + 1]).fma(x4, x1);
    x1 = all(a[a3 + 1]).fma(x3, x1);
    x1 = all(a[a2 + 1]).fma(x2, x1);
    FloatVector x0 = all(a[a5]).fma(x5, load(x, from));
    x0 = all(a[a4]).fma(x4, x0);
    x0 = all(a[a3]).fma(x3, x0);
    x0 = all(a[a2]).fma(x2, x0);
    x0 = all(a[a1]).fma(x1, x0);
    x0.intoArray(x, from);
    x1.intoArray(x, from + stride);
    x2.intoArray(x, from + 2 * stride);
    x3.intoArray(x, from + 3 * stride);
    x4.intoArray(x, from + 4 * stride);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector all(float x) {
    return FloatVector.broadcast(SPECIES, x);
  }
}
