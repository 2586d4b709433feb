package dev.swax.runtime.kernel.tile;

/**
 * Transposes squares of as many rows as a vector has lanes, 8 or 16.
 *
 * <p>Each of three or four rounds interleaves row i with row i + n / 2, for each i of the first
 * half, into rows 2i and 2i + 1: the bits of a row's number and those of a column's go round by one
 * place, and have changed places in the end. Written out, so that all rows stay in registers.
 */
public final class SquareTranspose {
  private static final int LANES = VectorMath.SPECIES.length();

  /** Rows and columns of a square. */
  public static final int SIDE = LANES == 8 ? 8 : 16;

  /** Whether this machine has vectors of a row. */
  public static final boolean FITS = LANES == SIDE;

  private SquareTranspose() {}

  /** {@code y[c, r] = x[r, c]}; only where it {@link #FITS}. */
  public static void of(float[] x, int from, int xStride, float[] y, int to, int yStride) {
    if (SIDE == 8) {
      SquareOfEight.of(x, from, xStride, y, to, yStride);
    } else {
      SquareOfSixteen.of(x, from, xStride, y, to, yStride);
    }
  }
}
