package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of attention.
 *
 * @param q [batch * time, heads * headWidth]
 * @param k [batch * (past + time), keyHeads * headWidth]
 * @param v [batch * (past + time), keyHeads * valueWidth]
 * @param sinks [1, heads]; null where the shape has none
 * @param y [batch * time, heads * valueWidth], overwritten
 * @param logSumExp [batch * time, heads], overwritten: the natural logarithm of the sum of the
 *     scores' exponentials, that of the sink included
 */
public record AttentionCall(
    AttentionShape shape,
    AttentionBand band,
    Tensor q,
    Tensor k,
    Tensor v,
    @Nullable Tensor sinks,
    Tensor y,
    Tensor logSumExp) {

  /** Of no sequence. */
  static final AttentionCall NONE = none();

  public AttentionCall {
    if (shape.sinks() != (sinks != null)) {
      throw new IllegalArgumentException("sinks are for shapes that have them: " + shape);
    }
    if (band.anchor() < 0 || band.anchor() > band.keys()) {
      throw new IllegalArgumentException(
          "an anchor of %d keys, but there are %d".formatted(band.anchor(), band.keys()));
    }
  }

  /** Without sinks. */
  public AttentionCall(
      AttentionShape shape,
      AttentionBand band,
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor y,
      Tensor logSumExp) {
    this(shape, band, q, k, v, null, y, logSumExp);
  }

  private static AttentionCall none() {
    Tensor none = Tensor.allocate(Arena.global(), 0);
    var band = AttentionBand.within(0, 0, 0, null);
    return new AttentionCall(new AttentionShape(1, 1, 1), band, none, none, none, none, none);
  }

  /** The first key that query {@code t} of sequence {@code b} sees. */
  int firstKey(int b, int t) {
    return band.firstKey(b, t, shape.chunk());
  }

  /** The first of all keys that a query sees whose {@link #firstKey} that is. */
  int begin(int firstKey) {
    return band.anchor() > 0 ? 0 : firstKey;
  }

  /** The key that is seen after another one. */
  int after(int key, int firstKey) {
    return key + 1 == band.anchor() ? Math.max(key + 1, firstKey) : key + 1;
  }

  /** Keys that a query sees at most, but for the anchor; never more than there are. */
  int reach() {
    int window = Math.min(band.window(), band.keys());
    return shape.chunk() == 0 ? window : Math.min(window, shape.chunk());
  }

  /** Where head {@code h} of query {@code t} starts in q. */
  long query(int b, int t, int h) {
    return (((long) b * band.time() + t) * shape.heads() + h) * shape.headWidth();
  }

  /** Where head {@code h} of query {@code t} starts in y. */
  long output(int b, int t, int h) {
    return (((long) b * band.time() + t) * shape.heads() + h) * shape.valueWidth();
  }

  /** Where key head {@code h} of key {@code j} starts in k. */
  long key(int b, int j, int h) {
    return (((long) b * band.keys() + j) * shape.keyHeads() + h) * shape.headWidth();
  }

  /** Where key head {@code h} of key {@code j} starts in v. */
  long value(int b, int j, int h) {
    return (((long) b * band.keys() + j) * shape.keyHeads() + h) * shape.valueWidth();
  }

  /** Where query {@code t} of head {@code h} is in logSumExp. */
  long sum(int b, int t, int h) {
    return ((long) b * band.time() + t) * shape.heads() + h;
  }

  long queryStride() {
    return (long) shape.heads() * shape.headWidth();
  }

  long outputStride() {
    return (long) shape.heads() * shape.valueWidth();
  }

  long keyStride() {
    return (long) shape.keyHeads() * shape.headWidth();
  }

  long valueStride() {
    return (long) shape.keyHeads() * shape.valueWidth();
  }

  float scale() {
    return (float) shape.scale();
  }
}
