package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The two products of one query with a tile of keys. {@link TileProduct} would compute a block of
 * rows for it, and wants the keys transposed. Each sum has its order here, so it has the same bits.
 */
final class QueryProducts {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  private QueryProducts() {}

  /** {@code scores[j] = q . keys[j]} with q [width] and rows of keys {@code stride} apart. */
  static void scores(
      float[] q,
      int qFrom,
      float[] keys,
      int keysFrom,
      int stride,
      int count,
      int width,
      float[] scores,
      int to) {
    int j = 0;
    for (; j + 8 <= count; j += 8) {
      eightScores(q, qFrom, keys, keysFrom + j * stride, stride, width, scores, to + j);
    }
    for (; j < count; j++) {
      float sum = 0;
      for (int p = 0; p < width; p++) {
        sum = Math.fma(q[qFrom + p], keys[keysFrom + j * stride + p], sum);
      }
      scores[to + j] = sum;
    }
  }

  /** Eight sums at once, none of which waits for another. */
  private static void eightScores(
      float[] q, int qFrom, float[] keys, int k0, int stride, int width, float[] scores, int at) {
    int k1 = k0 + stride;
    int k2 = k1 + stride;
    int k3 = k2 + stride;
    int k4 = k3 + stride;
    int k5 = k4 + stride;
    int k6 = k5 + stride;
    int k7 = k6 + stride;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int p = 0; p < width; p++) {
      float x = q[qFrom + p];
      s0 = Math.fma(x, keys[k0 + p], s0);
      s1 = Math.fma(x, keys[k1 + p], s1);
      s2 = Math.fma(x, keys[k2 + p], s2);
      s3 = Math.fma(x, keys[k3 + p], s3);
      s4 = Math.fma(x, keys[k4 + p], s4);
      s5 = Math.fma(x, keys[k5 + p], s5);
      s6 = Math.fma(x, keys[k6 + p], s6);
      s7 = Math.fma(x, keys[k7 + p], s7);
    }
    scores[at] = s0;
    scores[at + 1] = s1;
    scores[at + 2] = s2;
    scores[at + 3] = s3;
    scores[at + 4] = s4;
    scores[at + 5] = s5;
    scores[at + 6] = s6;
    scores[at + 7] = s7;
  }

  /**
   * {@code sum += Σ weights[j] * values[j]} with rows of values {@code stride} apart, of which
   * {@code width} columns count: whole vectors.
   */
  static void addWeighted(
      float[] weights,
      int weightsFrom,
      float[] values,
      int valuesFrom,
      int stride,
      int count,
      int width,
      float[] sum,
      int to) {
    int c = 0;
    for (; c + 4 * LANES <= width; c += 4 * LANES) {
      addFourVectors(weights, weightsFrom, values, valuesFrom + c, stride, count, sum, to + c);
    }
    for (; c < width; c += LANES) {
      FloatVector s = FloatVector.zero(SPECIES);
      for (int j = 0; j < count; j++) {
        s = all(weights[weightsFrom + j]).fma(load(values, valuesFrom + j * stride + c), s);
      }
      s.add(load(sum, to + c)).intoArray(sum, to + c);
    }
  }

  private static void addFourVectors(
      float[] weights,
      int weightsFrom,
      float[] values,
      int valuesFrom,
      int stride,
      int count,
      float[] sum,
      int to) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < count; j++) {
      FloatVector x = all(weights[weightsFrom + j]);
      int at = valuesFrom + j * stride;
      s0 = x.fma(load(values, at), s0);
      s1 = x.fma(load(values, at + LANES), s1);
      s2 = x.fma(load(values, at + 2 * LANES), s2);
      s3 = x.fma(load(values, at + 3 * LANES), s3);
    }
    s0.add(load(sum, to)).intoArray(sum, to);
    s1.add(load(sum, to + LANES)).intoArray(sum, to + LANES);
    s2.add(load(sum, to + 2 * LANES)).intoArray(sum, to + 2 * LANES);
    s3.add(load(sum, to + 3 * LANES)).intoArray(sum, to + 3 * LANES);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector all(float x) {
    return FloatVector.broadcast(SPECIES, x);
  }
}
