package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Work on rows that are sorted by expert; {@link ChoiceKernels} makes {@code places} and {@code
 * owners}. A thread makes one number; the grids are those of {@link GroupKernels#grid}.
 */
public final class ExpertKernels {
  private ExpertKernels() {}

  /** The first of so many rows that belongs to an expert or one after it. */
  static int firstOf(FloatArray owners, int ownersAt, int expert, int slots) {
    int low = 0;
    int high = slots;
    while (low < high) {
      int middle = (low + high) / 2;
      if (owners.get(ownersAt + middle) < expert) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * {@code y[places[t, a]] = x[t]}, times {@code weights[t, a]} if weighted is 1. x [rows, width],
   * y [rows, active * width].
   */
  public static void dispatch(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray places,
      int placesAt,
      FloatArray weights,
      int weightsAt,
      FloatArray y,
      int yAt,
      int weighted,
      int rows,
      int active,
      int width) {
    int i = context.globalIdx;
    if (i < rows * active * width) {
      int slot = i / width;
      float value = x.get(xAt + slot / active * width + i % width);
      if (weighted == 1) {
        value = value * weights.get(weightsAt + slot);
      }
      int row = (int) places.get(placesAt + slot);
      y.set(yAt + row * width + i % width, value);
    }
  }

  /**
   * {@code x[t] = sum over a of y[places[t, a]]}, each times {@code weights[t, a]} if weighted is
   * 1.
   */
  public static void combine(
      KernelContext context,
      FloatArray y,
      int yAt,
      FloatArray places,
      int placesAt,
      FloatArray weights,
      int weightsAt,
      FloatArray x,
      int xAt,
      int weighted,
      int rows,
      int active,
      int width) {
    int i = context.globalIdx;
    if (i < rows * width) {
      int slot = i / width * active;
      float sum = 0f;
      for (int a = 0; a < active; a++) {
        int row = (int) places.get(placesAt + slot + a);
        float value = y.get(yAt + row * width + i % width);
        if (weighted == 1) {
          value = value * weights.get(weightsAt + slot + a);
        }
        sum += value;
      }
      x.set(xAt + i, sum);
    }
  }

  /** {@code out[t, a] = x[t] . y[places[t, a]]}. */
  public static void slotDots(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      FloatArray places,
      int placesAt,
      FloatArray out,
      int outAt,
      int rows,
      int active,
      int width) {
    int slot = context.globalIdx;
    if (slot < rows * active) {
      int from = xAt + slot / active * width;
      int row = yAt + (int) places.get(placesAt + slot) * width;
      float sum = 0f;
      for (int c = 0; c < width; c++) {
        sum += x.get(from + c) * y.get(row + c);
      }
      out.set(outAt + slot, sum);
    }
  }

  /** {@code c[r] = a[r] b[owners[r]]}. a [slots, m], b [experts * m, n], c [slots, n]. */
  public static void plain(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray owners,
      int ownersAt,
      FloatArray c,
      int cAt,
      int slots,
      int experts,
      int m,
      int n) {
    int i = context.globalIdx;
    if (i < slots * n) {
      int row = i / n;
      int from = aAt + row * m;
      int weights = bAt + (int) owners.get(ownersAt + row) * m * n + i % n;
      float sum = 0f;
      for (int j = 0; j < m; j++) {
        sum += a.get(from + j) * b.get(weights + j * n);
      }
      c.set(cAt + i, sum);
    }
  }

  /** {@code c[r] = a[r] b[owners[r]]ᵀ}. a [slots, n], b [experts * m, n], c [slots, m]. */
  public static void transposedRight(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray owners,
      int ownersAt,
      FloatArray c,
      int cAt,
      int slots,
      int experts,
      int m,
      int n) {
    int i = context.globalIdx;
    if (i < slots * m) {
      int row = i / m;
      int from = aAt + row * n;
      int weights = bAt + ((int) owners.get(ownersAt + row) * m + i % m) * n;
      float sum = 0f;
      for (int j = 0; j < n; j++) {
        sum += a.get(from + j) * b.get(weights + j);
      }
      c.set(cAt + i, sum);
    }
  }

  /** Adds {@code aᵀ b} of each expert. a [slots, m], b [slots, n], c [experts * m, n]. */
  public static void transposedLeft(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray owners,
      int ownersAt,
      FloatArray c,
      int cAt,
      int slots,
      int experts,
      int m,
      int n) {
    int i = context.globalIdx;
    if (i < experts * m * n && slots > 0) {
      int expert = i / (m * n);
      int end = firstOf(owners, ownersAt, expert + 1, slots);
      float sum = c.get(cAt + i);
      for (int r = firstOf(owners, ownersAt, expert, slots); r < end; r++) {
        sum += a.get(aAt + r * m + i / n % m) * b.get(bAt + r * n + i % n);
      }
      c.set(cAt + i, sum);
    }
  }

  /** {@code y[r] = table[owners[r]]}. table [experts, width], y [slots, width]. */
  public static void rows(
      KernelContext context,
      FloatArray table,
      int tableAt,
      FloatArray owners,
      int ownersAt,
      FloatArray y,
      int yAt,
      int slots,
      int width) {
    int i = context.globalIdx;
    if (i < slots * width) {
      int row = (int) owners.get(ownersAt + i / width);
      y.set(yAt + i, table.get(tableAt + row * width + i % width));
    }
  }

  /** Adds the gradient of {@link #rows}. */
  public static void rowsGradient(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray owners,
      int ownersAt,
      FloatArray dTable,
      int dTableAt,
      int slots,
      int width,
      int experts) {
    int i = context.globalIdx;
    if (i < experts * width && slots > 0) {
      int expert = i / width;
      int end = firstOf(owners, ownersAt, expert + 1, slots);
      float sum = dTable.get(dTableAt + i);
      for (int r = firstOf(owners, ownersAt, expert, slots); r < end; r++) {
        sum += dy.get(dyAt + r * width + i % width);
      }
      dTable.set(dTableAt + i, sum);
    }
  }
}
