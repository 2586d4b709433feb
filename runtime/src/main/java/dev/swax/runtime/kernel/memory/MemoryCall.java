package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the memory that is running, for all its parts. One object serves every call, so
 * that calls allocate nothing.
 */
final class MemoryCall {
  private static final Tensor NOTHING = Tensor.allocate(Arena.global(), 0);

  /** States of this many values and more are worth longer chunks, of which there are fewer. */
  private static final int LARGE_STATE = 128 * 128;

  /** The longest chunk. */
  static final int LONGEST_CHUNK = 128;

  Tensor q = NOTHING;
  Tensor k = NOTHING;
  Tensor v = NOTHING;
  @Nullable Tensor logInput;
  @Nullable Tensor logForget;
  Tensor y = NOTHING;
  Tensor divisor = NOTHING;
  Tensor rowMax = NOTHING;
  @Nullable Tensor state;
  @Nullable Tensor stateMax;
  Tensor dy = NOTHING;
  Tensor dq = NOTHING;
  Tensor dk = NOTHING;
  Tensor dv = NOTHING;
  @Nullable Tensor dLogInput;
  @Nullable Tensor dLogForget;
  @Nullable Tensor dState;
  MemoryShape shape = new MemoryShape(1, 1, 1, 1f, Normalizer.NONE, false, false);
  int batch;
  int time;
  boolean @Nullable [] resets;

  void bind(RecurrenceCall of) {
    shape = (MemoryShape) of.shape();
    batch = of.batch();
    time = of.time();
    resets = of.resets();
    q = of.operand("q");
    k = of.operand("k");
    v = of.operand("v");
    logInput = of.operandOrNull("log_input");
    logForget = of.operandOrNull("log_forget");
    y = of.result("y");
    divisor = of.result("divisor");
    rowMax = of.result("row_max");
    state = of.stateOrNull("state");
    stateMax = of.stateOrNull("state_max");
  }

  void bind(RecurrenceGradientCall of) {
    bind(of.forward());
    dy = of.dy();
    dq = of.gradient("q");
    dk = of.gradient("k");
    dv = of.gradient("v");
    dLogInput = of.gradientOrNull("log_input");
    dLogForget = of.gradientOrNull("log_forget");
    dState = of.dStateOrNull("state");
  }

  /** Tokens of a chunk: a multiple of every vector length. */
  int chunkLength() {
    return chunkLength(shape);
  }

  static int chunkLength(MemoryShape shape) {
    return shape.keyWidth() * shape.valueWidth() < LARGE_STATE ? 64 : LONGEST_CHUNK;
  }

  int chunks() {
    return (time + chunkLength() - 1) / chunkLength();
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

  boolean normalized() {
    return shape.normalizer() != Normalizer.NONE;
  }

  /** Where token t of a head (of all sequences) is in what has one value a token and head. */
  long at(int head, int t) {
    return ((long) (head / shape.heads()) * time + t) * shape.heads() + head % shape.heads();
  }

  boolean resetsBefore(int head, int t) {
    return resets != null && resets[head / shape.heads() * time + t];
  }

  /** m before the first token. */
  float initialMax(int head) {
    return stateMax == null ? 0 : stateMax.get(head);
  }

  long keyStride() {
    return (long) shape.heads() * shape.keyWidth();
  }

  long valueStride() {
    return (long) shape.heads() * shape.valueWidth();
  }
}
