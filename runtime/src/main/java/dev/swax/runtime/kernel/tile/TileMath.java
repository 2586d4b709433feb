package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over packed rows in heap arrays. Rows begin at any index; where a length is not a multiple
 * of the vector length, arrays have room for the rest of the last vector.
 *
 * <p>Each loop has few vector operations on purpose: the compiler stops inlining when a method has
 * grown to some size, and then every vector that crosses a call becomes an object.
 */
public final class TileMath {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private TileMath() {}

  /** {@code x = e^x}. */
  public static void exponentiate(float[] x, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.exp(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
    }
  }

  /** {@code x = e^(x - less)}. */
  public static void exponentiate(float[] x, int from, int to, float less) {
    for (int i = from; i < to; i += LANES) {
      VectorMath.exp(FloatVector.fromArray(SPECIES, x, i).sub(less)).intoArray(x, i);
    }
  }

  /** {@code x = cap tanh(x / cap)}. */
  public static void softCap(float[] x, int from, int to, float cap) {
    float inverse = 1 / cap;
    for (int i = from; i < to; i += LANES) {
      VectorMath.tanh(FloatVector.fromArray(SPECIES, x, i).mul(inverse)).mul(cap).intoArray(x, i);
    }
  }

  /** The same with its slopes, {@code 1 - tanh(x / cap)²}. */
  public static void softCap(float[] x, int from, int to, float cap, float[] slopes) {
    float inverse = 1 / cap;
    for (int i = from; i < to; i += LANES) {
      FloatVector t = VectorMath.tanh(FloatVector.fromArray(SPECIES, x, i).mul(inverse));
      t.mul(cap).intoArray(x, i);
      t.mul(t).neg().add(1f).intoArray(slopes, i);
    }
  }

  /**
   * The sums, lane by lane, of whole vectors: LANES values at {@code at}. The sum of each row is
   * left to {@link #sumLanes}, so that rows do not wait for one another.
   */
  public static void sumVectors(float[] x, int from, int to, float[] lanes, int at) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, i));
    }
    sum.intoArray(lanes, at);
  }

  /** {@code sums[r] = sum of lanes[r, :]}, halves first, for rows of LANES. Spoils the lanes. */
  public static void sumLanes(float[] lanes, float[] sums, int rows) {
    for (int r = 0; r < rows; r++) {
      int line = r * LANES;
      for (int half = LANES / 2; half > 0; half /= 2) {
        for (int i = line; i < line + half; i++) {
          lanes[i] += lanes[i + half];
        }
      }
      sums[r] = lanes[line];
    }
  }

  /** {@code to = sum of factors[from + j] * x[j]} for rows of {@code stride}, whole vectors. */
  public static void sumRows(
      float[] x, float[] factors, int from, float[] to, int toFrom, int stride, int rows) {
    for (int c = 0; c < stride; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = 0; j < rows; j++) {
        sum = FloatVector.fromArray(SPECIES, x, j * stride + c).mul(factors[from + j]).add(sum);
      }
      sum.intoArray(to, toFrom + c);
    }
  }

  /** The largest of whole vectors, or {@code least} if that is larger. */
  public static float largest(float[] x, int from, int to, float least) {
    FloatVector max = FloatVector.broadcast(SPECIES, least);
    for (int i = from; i < to; i += LANES) {
      max = max.max(FloatVector.fromArray(SPECIES, x, i));
    }
    return VectorMath.max(max);
  }

  /** {@code x *= by}. */
  public static void scale(float[] x, int from, int to, float by) {
    for (int i = from; i < to; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i).mul(by).intoArray(x, i);
    }
  }

  /** {@code to[j] = factors[from + j] * x[j]} for rows of {@code stride}. */
  public static void scaleRows(
      float[] x, float[] factors, int from, float[] to, int stride, int rows) {
    for (int j = 0; j < rows; j++) {
      float factor = factors[from + j];
      for (int i = j * stride; i < (j + 1) * stride; i += LANES) {
        FloatVector.fromArray(SPECIES, x, i).mul(factor).intoArray(to, i);
      }
    }
  }

  /** {@code to[j] += factors[j] * x} for rows of {@code stride}. */
  public static void addOuter(
      float[] factors, float[] x, int xFrom, float[] to, int stride, int rows) {
    for (int j = 0; j < rows; j++) {
      float factor = factors[j];
      for (int c = 0; c < stride; c += LANES) {
        FloatVector.fromArray(SPECIES, x, xFrom + c)
            .mul(factor)
            .add(FloatVector.fromArray(SPECIES, to, j * stride + c))
            .intoArray(to, j * stride + c);
      }
    }
  }

  /** {@code to += x}. */
  public static void addRows(float[] x, float[] to, int from, int end) {
    for (int i = from; i < end; i += LANES) {
      FloatVector.fromArray(SPECIES, to, i)
          .add(FloatVector.fromArray(SPECIES, x, i))
          .intoArray(to, i);
    }
  }

  /** {@code x *= y}. */
  public static void multiply(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i)
          .mul(FloatVector.fromArray(SPECIES, y, i))
          .intoArray(x, i);
    }
  }

  /** {@code to = x * y}; the target may be one of them. */
  public static void multiply(
      float[] x, int xFrom, float[] y, int yFrom, float[] to, int toFrom, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(SPECIES, x, xFrom + i)
          .mul(FloatVector.fromArray(SPECIES, y, yFrom + i))
          .intoArray(to, toFrom + i);
    }
  }

  /** {@code to += x}. */
  public static void add(float[] x, int xFrom, float[] to, int toFrom, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(SPECIES, to, toFrom + i)
          .add(FloatVector.fromArray(SPECIES, x, xFrom + i))
          .intoArray(to, toFrom + i);
    }
  }

  /** {@code to += factor * x}. */
  public static void addScaled(
      float[] x, int xFrom, float factor, float[] to, int toFrom, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(SPECIES, x, xFrom + i)
          .mul(factor)
          .add(FloatVector.fromArray(SPECIES, to, toFrom + i))
          .intoArray(to, toFrom + i);
    }
  }

  /** {@code x = (x + added) * y}. */
  public static void addAndMultiply(float[] x, float added, float[] y, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i)
          .add(added)
          .mul(FloatVector.fromArray(SPECIES, y, i))
          .intoArray(x, i);
    }
  }

  /** {@code a . b} over {@code length} values, of which the last vector may be part. */
  public static float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(length);
    int i = 0;
    for (; i < bound; i += LANES) {
      sum =
          FloatVector.fromArray(SPECIES, a, aFrom + i)
              .fma(FloatVector.fromArray(SPECIES, b, bFrom + i), sum);
    }
    float total = VectorMath.sum(sum);
    for (; i < length; i++) {
      total = Math.fma(a[aFrom + i], b[bFrom + i], total);
    }
    return total;
  }
}
