package dev.swax.runtime.kernel.rope;

import java.util.Arrays;

/**
 * Cosines and sines of a run of positions, laid out for vectors over adjacent pairs: with {@code
 * c_i} and {@code s_i} of pair i, a row of cosines is {@code c_0 c_0 c_1 c_1 ...}, one of sines
 * {@code -s_0 s_0 -s_1 s_1 ...}. Angles are computed in double.
 */
final class RopeTable {
  /** Positions that are computed together when single tokens are asked for. */
  private static final int AHEAD = 64;

  private final double theta;
  private final int headWidth;
  private final double[] frequencies;
  private float[] cosines = {};
  private float[] sines = {};
  private long first;
  private long count;

  RopeTable(double theta, int headWidth) {
    this.theta = theta;
    this.headWidth = headWidth;
    frequencies = new double[headWidth / 2];
    Arrays.setAll(frequencies, i -> ScalarRope.frequency(theta, i, headWidth));
  }

  boolean isFor(double otherTheta, int otherWidth) {
    return theta == otherTheta && headWidth == otherWidth;
  }

  float[] cosines() {
    return cosines;
  }

  float[] sines() {
    return sines;
  }

  long bytes() {
    return ((long) cosines.length + sines.length) * Float.BYTES;
  }

  /** Where in the arrays the row of a position that is covered begins. */
  int row(long position) {
    return (int) (position - first) * headWidth;
  }

  /** Makes the table hold {@code from .. from + length}. */
  void cover(long from, int length) {
    if (from >= first && from + length <= first + count) {
      return;
    }
    first = from;
    count = Math.max(length, AHEAD);
    int size = Math.toIntExact(count * headWidth);
    if (cosines.length < size) {
      cosines = new float[size];
      sines = new float[size];
    }
    for (int t = 0; t < count; t++) {
      fill(t);
    }
  }

  private void fill(int t) {
    for (int i = 0; i < frequencies.length; i++) {
      double angle = (first + t) * frequencies[i];
      int at = t * headWidth + 2 * i;
      float cosine = (float) StrictMath.cos(angle);
      float sine = (float) StrictMath.sin(angle);
      cosines[at] = cosine;
      cosines[at + 1] = cosine;
      sines[at] = -sine;
      sines[at + 1] = sine;
    }
  }
}
