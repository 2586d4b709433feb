package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.matmul.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.SPECIES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.load;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows by twos, for matrices of at most half a vector: two floats, one of each row, are loaded into
 * all lanes as one double is.
 */
final class PairMatmulKernel {
  /** Whether an instruction of this machine takes lanes from two vectors. */
  static final boolean FITS = LANES == 16;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final VectorSpecies<Double> PAIRS = SPECIES.withLanes(double.class);

  /** The first halves of two rows, interleaved: lanes count through both. */
  private static final FloatVector LOW = interleaved(0);

  /** The second halves. */
  private static final FloatVector HIGH = interleaved(LANES / 2);

  private PairMatmulKernel() {}

  private static FloatVector interleaved(int from) {
    var places = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      places[i] = from + i / 2 + (i % 2) * LANES;
    }
    return FloatVector.fromArray(SPECIES, places, 0);
  }

  /** {@code y[to + p] = (x[first + p], x[second + p])}; offsets of x are in bytes. */
  static void interleave(MemorySegment x, long first, long second, double[] y, int to, int length) {
    int bound = SPECIES.loopBound(length);
    int p = 0;
    for (; p < bound; p += LANES) {
      FloatVector r0 = load(x, first + 4L * p);
      FloatVector r1 = load(x, second + 4L * p);
      LOW.selectFrom(r0, r1).reinterpretAsDoubles().intoArray(y, to + p);
      HIGH.selectFrom(r0, r1).reinterpretAsDoubles().intoArray(y, to + p + LANES / 2);
    }
    for (; p < length; p++) {
      long low = Float.floatToRawIntBits(x.get(FLOAT, first + 4L * p)) & 0xffffffffL;
      long high = Float.floatToRawIntBits(x.get(FLOAT, second + 4L * p));
      y[to + p] = Double.longBitsToDouble(high << 32 | low);
    }
  }

  /**
   * Written out, as {@link WideMatmulKernel} is. Lanes of b and of the sums are by twos as well.
   */
  static void add(double[] a, float[] b, int bAt, int depth, float[] sum) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sum, 0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sum, LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sum, 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sum, 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, sum, 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, sum, 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, sum, 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, sum, 7 * LANES);
    int step = ThinMatmul.DEPTH;
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.fromArray(SPECIES, b, bAt + p * LANES);
      s0 = DoubleVector.broadcast(PAIRS, a[p]).reinterpretAsFloats().fma(x, s0);
      s1 = DoubleVector.broadcast(PAIRS, a[step + p]).reinterpretAsFloats().fma(x, s1);
      s2 = DoubleVector.broadcast(PAIRS, a[2 * step + p]).reinterpretAsFloats().fma(x, s2);
      s3 = DoubleVector.broadcast(PAIRS, a[3 * step + p]).reinterpretAsFloats().fma(x, s3);
      s4 = DoubleVector.broadcast(PAIRS, a[4 * step + p]).reinterpretAsFloats().fma(x, s4);
      s5 = DoubleVector.broadcast(PAIRS, a[5 * step + p]).reinterpretAsFloats().fma(x, s5);
      s6 = DoubleVector.broadcast(PAIRS, a[6 * step + p]).reinterpretAsFloats().fma(x, s6);
      s7 = DoubleVector.broadcast(PAIRS, a[7 * step + p]).reinterpretAsFloats().fma(x, s7);
    }
    s0.intoArray(sum, 0);
    s1.intoArray(sum, LANES);
    s2.intoArray(sum, 2 * LANES);
    s3.intoArray(sum, 3 * LANES);
    s4.intoArray(sum, 4 * LANES);
    s5.intoArray(sum, 5 * LANES);
    s6.intoArray(sum, 6 * LANES);
    s7.intoArray(sum, 7 * LANES);
  }
}
