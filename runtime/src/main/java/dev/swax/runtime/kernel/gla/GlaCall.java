package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the memory that is running, for all its parts. One object serves every call, so
 * that calls allocate nothing.
 */
final class GlaCall {
  private static final Tensor NOTHING = Tensor.allocate(Arena.global(), 0);

  /** Tokens between two states that are kept. */
  static final int CHUNK = 64;

  Tensor q = NOTHING;
  Tensor k = NOTHING;
  Tensor v = NOTHING;
  Tensor logDecay = NOTHING;
  Tensor y = NOTHING;
  @Nullable Tensor state;
  Tensor dy = NOTHING;
  Tensor dq = NOTHING;
  Tensor dk = NOTHING;
  Tensor dv = NOTHING;
  Tensor dLogDecay = NOTHING;
  @Nullable Tensor dState;
  GlaShape shape = new GlaShape(1, 1, 1, 1f);
  int batch;
  int time;
  boolean @Nullable [] resets;

  void bind(RecurrenceCall of) {
    shape = (GlaShape) of.shape();
    batch = of.batch();
    time = of.time();
    resets = of.resets();
    q = of.operand("q");
    k = of.operand("k");
    v = of.operand("v");
    logDecay = of.operand("log_decay");
    y = of.result("y");
    state = of.stateOrNull("state");
  }

  void bind(RecurrenceGradientCall of) {
    bind(of.forward());
    dy = of.dy();
    dq = of.gradient("q");
    dk = of.gradient("k");
    dv = of.gradient("v");
    dLogDecay = of.gradient("log_decay");
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

  /** The number of token t of a head (of all sequences) among the tokens of all heads. */
  long at(int head, int t) {
    return ((long) (head / shape.heads()) * time + t) * shape.heads() + head % shape.heads();
  }

  boolean resetsBefore(int head, int t) {
    return resets != null && resets[head / shape.heads() * time + t];
  }

  long keyStride() {
    return (long) shape.heads() * shape.keyWidth();
  }

  long valueStride() {
    return (long) shape.heads() * shape.valueWidth();
  }
}
