package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of small packed matrices in heap arrays: {@code c = a b} or {@code c += a b} with a
 * [rows, depth], b [depth, columns], c [rows, columns], each with its own stride; and the same with
 * a stored as [depth, rows].
 *
 * <p>Works on {@link #ROWS} rows and whole vectors of columns: arrays must have room for, and may
 * get meaningless values in, rows up to the next multiple of {@link #ROWS} and columns up to the
 * next multiple of {@link #LANES}.
 */
public final class TileProduct {
  /** Rows of a register block. */
  public static final int ROWS = 6;

  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

  /** Columns of a vector. */
  public static final int LANES = SPECIES.length();

  private TileProduct() {}

  /** The rows that an array of {@code rows} rows must have room for. */
  public static int padRows(int rows) {
    return (rows + ROWS - 1) / ROWS * ROWS;
  }

  /** The columns that an array of {@code columns} columns must have room for. */
  public static int padColumns(int columns) {
    return (columns + LANES - 1) / LANES * LANES;
  }

  /** {@code c = a b}, or {@code c += a b} where {@code add}. */
  public static void multiply(
      float[] a,
      int aFrom,
      int aStride,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride,
      int rows,
      int columns,
      int depth,
      boolean add) {
    for (int n = 0; n < columns; n += 2 * LANES) {
      for (int r = 0; r < rows; r += ROWS) {
        int from = aFrom + r * aStride;
        int to = cFrom + r * cStride + n;
        if (n + LANES < columns) {
          sixByTwo(a, from, aStride, b, bFrom + n, bStride, c, to, cStride, depth, add);
        } else {
          sixByOne(a, from, aStride, b, bFrom + n, bStride, c, to, cStride, depth, add);
        }
      }
    }
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b} where {@code add}. a [depth, rows]. */
  public static void multiplyTransposed(
      float[] a,
      int aFrom,
      int aStride,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride,
      int rows,
      int columns,
      int depth,
      boolean add) {
    for (int n = 0; n < columns; n += 2 * LANES) {
      for (int r = 0; r < rows; r += ROWS) {
        int to = cFrom + r * cStride + n;
        if (n + LANES < columns) {
          sixByTwoTransposed(
              a, aFrom + r, aStride, b, bFrom + n, bStride, c, to, cStride, depth, add);
        } else {
          sixByOneTransposed(
              a, aFrom + r, aStride, b, bFrom + n, bStride, c, to, cStride, depth, add);
        }
      }
    }
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector all(float x) {
    return FloatVector.broadcast(SPECIES, x);
  }

  private static void sixByTwo(
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride,
      int depth,
      boolean add) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = load(b, bFrom + p * bStride);
      FloatVector b1 = load(b, bFrom + p * bStride + LANES);
      FloatVector x0 = all(a[a0 + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = all(a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = all(a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = all(a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = all(a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = all(a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
    }
    if (add) {
      c00 = c00.add(load(c, cFrom));
      c01 = c01.add(load(c, cFrom + LANES));
      c10 = c10.add(load(c, cFrom + cStride));
      c11 = c11.add(load(c, cFrom + cStride + LANES));
      c20 = c20.add(load(c, cFrom + 2 * cStride));
      c21 = c21.add(load(c, cFrom + 2 * cStride + LANES));
      c30 = c30.add(load(c, cFrom + 3 * cStride));
      c31 = c31.add(load(c, cFrom + 3 * cStride + LANES));
      c40 = c40.add(load(c, cFrom + 4 * cStride));
      c41 = c41.add(load(c, cFrom + 4 * cStride + LANES));
      c50 = c50.add(load(c, cFrom + 5 * cStride));
      c51 = c51.add(load(c, cFrom + 5 * cStride + LANES));
    }
    c00.intoArray(c, cFrom);
    c01.intoArray(c, cFrom + LANES);
    c10.intoArray(c, cFrom + cStride);
    c11.intoArray(c, cFrom + cStride + LANES);
    c20.intoArray(c, cFrom + 2 * cStride);
    c21.intoArray(c, cFrom + 2 * cStride + LANES);
    c30.intoArray(c, cFrom + 3 * cStride);
    c31.intoArray(c, cFrom + 3 * cStride + LANES);
    c40.intoArray(c, cFrom + 4 * cStride);
    c41.intoArray(c, cFrom + 4 * cStride + LANES);
    c50.intoArray(c, cFrom + 5 * cStride);
    c51.intoArray(c, cFrom + 5 * cStride + LANES);
  }

  private static void sixByOne(
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride,
      int depth,
      boolean add) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = load(b, bFrom + p * bStride);
      c0 = all(a[a0 + p]).fma(b0, c0);
      c1 = all(a[a1 + p]).fma(b0, c1);
      c2 = all(a[a2 + p]).fma(b0, c2);
      c3 = all(a[a3 + p]).fma(b0, c3);
      c4 = all(a[a4 + p]).fma(b0, c4);
      c5 = all(a[a5 + p]).fma(b0, c5);
    }
    if (add) {
      c0 = c0.add(load(c, cFrom));
      c1 = c1.add(load(c, cFrom + cStride));
      c2 = c2.add(load(c, cFrom + 2 * cStride));
      c3 = c3.add(load(c, cFrom + 3 * cStride));
      c4 = c4.add(load(c, cFrom + 4 * cStride));
      c5 = c5.add(load(c, cFrom + 5 * cStride));
    }
    c0.intoArray(c, cFrom);
    c1.intoArray(c, cFrom + cStride);
    c2.intoArray(c, cFrom + 2 * cStride);
    c3.intoArray(c, cFrom + 3 * cStride);
    c4.intoArray(c, cFrom + 4 * cStride);
    c5.intoArray(c, cFrom + 5 * cStride);
  }

  private static void sixByTwoTransposed(
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride,
      int depth,
      boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int p = 0; p < depth; p++) {
      int at = a0 + p * aStride;
      FloatVector b0 = load(b, bFrom + p * bStride);
      FloatVector b1 = load(b, bFrom + p * bStride + LANES);
      FloatVector x0 = all(a[at]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = all(a[at + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = all(a[at + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = all(a[at + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = all(a[at + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = all(a[at + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
    }
    if (add) {
      c00 = c00.add(load(c, cFrom));
      c01 = c01.add(load(c, cFrom + LANES));
      c10 = c10.add(load(c, cFrom + cStride));
      c11 = c11.add(load(c, cFrom + cStride + LANES));
      c20 = c20.add(load(c, cFrom + 2 * cStride));
      c21 = c21.add(load(c, cFrom + 2 * cStride + LANES));
      c30 = c30.add(load(c, cFrom + 3 * cStride));
      c31 = c31.add(load(c, cFrom + 3 * cStride + LANES));
      c40 = c40.add(load(c, cFrom + 4 * cStride));
      c41 = c41.add(load(c, cFrom + 4 * cStride + LANES));
      c50 = c50.add(load(c, cFrom + 5 * cStride));
      c51 = c51.add(load(c, cFrom + 5 * cStride + LANES));
    }
    c00.intoArray(c, cFrom);
    c01.intoArray(c, cFrom + LANES);
    c10.intoArray(c, cFrom + cStride);
    c11.intoArray(c, cFrom + cStride + LANES);
    c20.intoArray(c, cFrom + 2 * cStride);
    c21.intoArray(c, cFrom + 2 * cStride + LANES);
    c30.intoArray(c, cFrom + 3 * cStride);
    c31.intoArray(c, cFrom + 3 * cStride + LANES);
    c40.intoArray(c, cFrom + 4 * cStride);
    c41.intoArray(c, cFrom + 4 * cStride + LANES);
    c50.intoArray(c, cFrom + 5 * cStride);
    c51.intoArray(c, cFrom + 5 * cStride + LANES);
  }

  private static void sixByOneTransposed(
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bFrom,
      int bStride,
      float[] c,
      int cFrom,
      int cStride,
      int depth,
      boolean add) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    for (int p = 0; p < depth; p++) {
      int at = a0 + p * aStride;
      FloatVector b0 = load(b, bFrom + p * bStride);
      c0 = all(a[at]).fma(b0, c0);
      c1 = all(a[at + 1]).fma(b0, c1);
      c2 = all(a[at + 2]).fma(b0, c2);
      c3 = all(a[at + 3]).fma(b0, c3);
      c4 = all(a[at + 4]).fma(b0, c4);
      c5 = all(a[at + 5]).fma(b0, c5);
    }
    if (add) {
      c0 = c0.add(load(c, cFrom));
      c1 = c1.add(load(c, cFrom + cStride));
      c2 = c2.add(load(c, cFrom + 2 * cStride));
      c3 = c3.add(load(c, cFrom + 3 * cStride));
      c4 = c4.add(load(c, cFrom + 4 * cStride));
      c5 = c5.add(load(c, cFrom + 5 * cStride));
    }
    c0.intoArray(c, cFrom);
    c1.intoArray(c, cFrom + cStride);
    c2.intoArray(c, cFrom + 2 * cStride);
    c3.intoArray(c, cFrom + 3 * cStride);
    c4.intoArray(c, cFrom + 4 * cStride);
    c5.intoArray(c, cFrom + 5 * cStride);
  }
}
