package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the memory that is running, for all its parts. One object serves every call, so
 * that calls allocate nothing.
 */
final class DeltaCall {
  private static final Tensor NOTHING = Tensor.allocate(Arena.global(), 0);

  /** Tokens of a chunk: a multiple of every vector length. */
  static final int CHUNK = 64;

  /** A logarithm below this forgets everything; differences of sums stay finite. */
  static final double SMALLEST_LOG_DECAY = -1e4;

  Tensor q = NOTHING;
  Tensor k = NOTHING;
  Tensor v = NOTHING;
  Tensor erase = NOTHING;
  Tensor write = NOTHING;
  @Nullable Tensor logDecay;
  Tensor y = NOTHING;
  @Nullable Tensor state;
  Tensor dy = NOTHING;
  Tensor dq = NOTHING;
  Tensor dk = NOTHING;
  Tensor dv = NOTHING;
  Tensor dErase = NOTHING;
  Tensor dWrite = NOTHING;
  @Nullable Tensor dLogDecay;
  @Nullable Tensor dState;
  DeltaShape shape = new DeltaShape(1, 1, 1, 1f, false);
  int batch;
  int time;
  boolean @Nullable [] resets;

  void bind(RecurrenceCall of) {
    shape = (DeltaShape) of.shape();
    batch = of.batch();
    time = of.time();
    resets = of.resets();
    q = of.operand("q");
    k = of.operand("k");
    v = of.operand("v");
    erase = of.operand("erase");
    write = of.operand("write");
    logDecay = of.operandOrNull("log_decay");
    y = of.result("y");
    state = of.stateOrNull("state");
  }

  void bind(RecurrenceGradientCall of) {
    bind(of.forward());
    dy = of.dy();
    dq = of.gradient("q");
    dk = of.gradient("k");
    dv = of.gradient("v");
    dErase = of.gradient("erase");
    dWrite = of.gradient("write");
    dLogDecay = of.gradientOrNull("log_decay");
    dState = of.dStateOrNull("state");
  }

  static int chunks(int time) {
    return (time + CHUNK - 1) / CHUNK;
  }

  int chunks() {
    return chunks(time);
  }

  /** Heads of all sequences. */
  int heads() {
    return batch * shape.heads();
  }

  /** Parts are chunks of heads; heads of the same tokens follow one another in memory. */
  int headOf(int part) {
    return part / shape.heads() / chunks() * shape.heads() + part % shape.heads();
  }

  int chunkOf(int part) {
    return part / shape.heads() % chunks();
  }

  /** Where token t of a head (of all sequences) is in what has one value a token and head. */
  long at(int head, int t) {
    return ((long) (head / shape.heads()) * time + t) * shape.heads() + head % shape.heads();
  }

  boolean resetsBefore(int head, int t) {
    return resets != null && resets[head / shape.heads() * time + t];
  }

  /** The logarithm of the decay of a token, 0 without one. */
  double logDecay(long at) {
    return logDecay == null ? 0 : Math.max(logDecay.get(at), SMALLEST_LOG_DECAY);
  }

  long keyStride() {
    return (long) shape.heads() * shape.keyWidth();
  }

  long valueStride() {
    return (long) shape.heads() * shape.valueWidth();
  }
}
