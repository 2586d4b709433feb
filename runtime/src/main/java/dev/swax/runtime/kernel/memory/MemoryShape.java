package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A memory of the scalar-decay family, per head {@code S' = f S + i outer(k, v)}, {@code y = q .
 * S'}.
 *
 * @param heads H
 * @param keyWidth K, per head; q and k rows are [H * K]
 * @param valueWidth V, per head; v and y rows are [H * V]
 * @param scale multiplies q
 * @param normalizer what y is divided by
 * @param inputGate whether log i is given; otherwise i = 1
 * @param forgetGate whether log f is given; otherwise f = 1
 */
public record MemoryShape(
    int heads,
    int keyWidth,
    int valueWidth,
    float scale,
    Normalizer normalizer,
    boolean inputGate,
    boolean forgetGate)
    implements RecurrenceShape {
  private static final List<List<String>> OPERANDS =
      List.of(
          List.of("q", "k", "v"),
          List.of("q", "k", "v", "log_input"),
          List.of("q", "k", "v", "log_forget"),
          List.of("q", "k", "v", "log_input", "log_forget"));

  private static final List<String> RESULTS = List.of("y", "divisor", "row_max");
  private static final List<String> STATES = List.of("state", "state_max");

  @Override
  public String name() {
    return "memory";
  }

  /** Gates by their logarithms, as far as the shape has them. */
  @Override
  public List<String> operands() {
    return OPERANDS.get((inputGate ? 1 : 0) + (forgetGate ? 2 : 0));
  }

  @Override
  public List<String> results() {
    return RESULTS;
  }

  /** The matrix, with n as its last column where there is a normalizer; the running maximum. */
  @Override
  public List<String> states() {
    return STATES;
  }

  @Override
  public int columns(String name) {
    return switch (name) {
      case "q", "k" -> heads * keyWidth;
      case "v", "y" -> heads * valueWidth;
      case "log_input", "log_forget", "divisor", "row_max", "state_max" -> heads;
      case "state" -> stateSize();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The matrix, n, and the running maximum where the definition has one. */
  @Override
  public long stateNumbers() {
    return (long) stateSize() + (normalizer == Normalizer.MAX_ABS_ONE ? heads : 0);
  }

  /** Decay, gate, outer product and sum, read. */
  @Override
  public long stateOperations() {
    long each = 4L + (forgetGate ? 1 : 0) + (inputGate ? 1 : 0);
    return each * heads * keyWidth * valueWidth;
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarMemory();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorMemory(team);
  }

  /** What {@code q . S'} is divided by, with {@code n' = f n + i k}. */
  public enum Normalizer {
    /** Nothing. */
    NONE,
    /** {@code q . n} (linear attention; paper, equation 3). */
    SUM,
    /** {@code max(|q . n|, 1)} (mLSTM), computed with the running maximum. */
    MAX_ABS_ONE
  }

  @Override
  public int stateRows() {
    return keyWidth;
  }

  /** The values and, with a normalizer, one column for n. */
  @Override
  public int stateColumns() {
    return normalizer == Normalizer.NONE ? valueWidth : valueWidth + 1;
  }

  /**
   * Floats that kernels hold for a pass over {@code batch} sequences of {@code time} tokens and
   * back: the state at every border between chunks, and its gradient.
   */
  @Override
  public long workspace(int batch, int time) {
    int chunks = (time + MemoryCall.chunkLength(this) - 1) / MemoryCall.chunkLength(this);
    return 2 * MemoryStates.floats(batch * heads, chunks + 1, this);
  }

  /** Floats of the matrix state [H, K, stateColumns] of one sequence. */
  public int stateSize() {
    return heads * keyWidth * stateColumns();
  }
}
