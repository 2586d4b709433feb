package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;

/**
 * The arguments of attention.
 *
 * @param q [batch * time, heads * headWidth]
 * @param k [batch * (past + time), keyHeads * headWidth]
 * @param v the same
 * @param y as q, overwritten
 * @param logSumExp [batch * time, heads], overwritten: the natural logarithm of the sum of the
 *     scaled scores' exponentials
 */
public record AttentionCall(
    AttentionShape shape,
    AttentionBand band,
    Tensor q,
    Tensor k,
    Tensor v,
    Tensor y,
    Tensor logSumExp) {

  /** Of no sequence. */
  static final AttentionCall NONE = none();

  private static AttentionCall none() {
    Tensor none = Tensor.allocate(Arena.global(), 0);
    var band = AttentionBand.within(0, 0, 0, null);
    return new AttentionCall(new AttentionShape(1, 1, 1), band, none, none, none, none, none);
  }

  /** Where head {@code h} of query {@code t} starts in q and y. */
  long query(int b, int t, int h) {
    return (((long) b * band.time() + t) * shape.heads() + h) * shape.headWidth();
  }

  /** Where key head {@code h} of key {@code j} starts in k and v. */
  long key(int b, int j, int h) {
    return (((long) b * band.keys() + j) * shape.keyHeads() + h) * shape.headWidth();
  }

  /** Where query {@code t} of head {@code h} is in logSumExp. */
  long sum(int b, int t, int h) {
    return ((long) b * band.time() + t) * shape.heads() + h;
  }

  long queryStride() {
    return (long) shape.heads() * shape.headWidth();
  }

  long keyStride() {
    return (long) shape.keyHeads() * shape.headWidth();
  }

  float scale() {
    return (float) (1 / Math.sqrt(shape.headWidth()));
  }
}
