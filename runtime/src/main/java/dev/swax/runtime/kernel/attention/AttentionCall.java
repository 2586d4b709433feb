package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the attention that is running, for all its parts. One object serves every call,
 * so that calls allocate nothing.
 */
final class AttentionCall {
  private static final Tensor NOTHING = Tensor.allocate(Arena.global(), 0);

  Tensor q = NOTHING;
  Tensor k = NOTHING;
  Tensor v = NOTHING;
  Tensor y = NOTHING;
  Tensor logSumExp = NOTHING;
  Tensor dy = NOTHING;
  Tensor dq = NOTHING;
  Tensor dk = NOTHING;
  Tensor dv = NOTHING;
  AttentionShape shape = new AttentionShape(1, 1, 1);
  int batch;
  int time;
  int past;

  /** Keys that a query sees at most; never more than there are. */
  int window;

  int @Nullable [] firstKeys;

  void setForward(Tensor q, Tensor k, Tensor v, Tensor y, Tensor logSumExp) {
    this.q = q;
    this.k = k;
    this.v = v;
    this.y = y;
    this.logSumExp = logSumExp;
  }

  void setBackward(Tensor dy, Tensor dq, Tensor dk, Tensor dv) {
    this.dy = dy;
    this.dq = dq;
    this.dk = dk;
    this.dv = dv;
  }

  void setSizes(
      AttentionShape shape, int batch, int time, int past, int window, int @Nullable [] firstKeys) {
    this.shape = shape;
    this.batch = batch;
    this.time = time;
    this.past = past;
    this.window = Math.min(window, past + time);
    this.firstKeys = firstKeys;
  }

  /** The first key that query {@code t} of sequence {@code b} sees. */
  int firstKey(int b, int t) {
    int first = Math.max(0, past + t - window + 1);
    return firstKeys == null ? first : Math.max(first, firstKeys[b * time + t]);
  }

  /** Where head {@code h} of query {@code t} starts in q and y. */
  long query(int b, int t, int h) {
    return (((long) b * time + t) * shape.heads() + h) * shape.headWidth();
  }

  /** Where key head {@code h} of key {@code j} starts in k and v. */
  long key(int b, int j, int h) {
    return (((long) b * (past + time) + j) * shape.keyHeads() + h) * shape.headWidth();
  }

  /** Where query {@code t} of head {@code h} is in logSumExp. */
  long sum(int b, int t, int h) {
    return ((long) b * time + t) * shape.heads() + h;
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
