package dev.swax.runtime.kernel.rope;

/**
 * Cosines and sines of a run of positions, times the magnitude, laid out for vectors. With {@code
 * c_i} and {@code s_i} of pair i: over neighbours, a row of cosines is {@code c_0 c_0 c_1 c_1 ...}
 * and one of sines {@code -s_0 s_0 -s_1 s_1 ...}; over halves, they begin {@code c_0 c_1 ...} and
 * {@code s_0 s_1 ...}. Angles are computed in double.
 */
final class RopeTable {
  /** Positions that are computed together when single tokens are asked for. */
  private static final int AHEAD = 64;

  private final Rotation rotation;
  private final double[] frequencies;
  private float[] cosines = {};
  private float[] sines = {};
  private long first;
  private long count;

  RopeTable(Rotation rotation) {
    this.rotation = rotation;
    frequencies = rotation.frequencies();
  }

  Rotation rotation() {
    return rotation;
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
    return (int) (position - first) * rotation.columns();
  }

  /** Makes the table hold {@code from .. from + length}. */
  void cover(long from, int length) {
    if (from >= first && from + length <= first + count) {
      return;
    }
    first = from;
    count = Math.max(length, AHEAD);
    int size = Math.toIntExact(count * rotation.columns());
    if (cosines.length < size) {
      cosines = new float[size];
      sines = new float[size];
    }
    for (int t = 0; t < count; t++) {
      fill(t);
    }
  }

  private void fill(int t) {
    double magnitude = rotation.scaling().magnitude();
    for (int i = 0; i < frequencies.length; i++) {
      double angle = (first + t) * frequencies[i];
      float cosine = (float) (magnitude * StrictMath.cos(angle));
      float sine = (float) (magnitude * StrictMath.sin(angle));
      int at = t * rotation.columns() + rotation.first(i);
      cosines[at] = cosine;
      sines[at] = sine;
      if (rotation.pairs() == Rotation.Pairs.INTERLEAVED) {
        cosines[at + 1] = cosine;
        sines[at] = -sine;
        sines[at + 1] = sine;
      }
    }
  }
}
