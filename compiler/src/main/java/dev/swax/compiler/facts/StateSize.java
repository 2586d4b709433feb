package dev.swax.compiler.facts;

import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;

/** What one sequence keeps between tokens: the states of its cells and the keys and values. */
public final class StateSize {
  private StateSize() {}

  /** Bytes, after a sequence of that length, each window at its largest. */
  public static long bytes(Architecture architecture, int sequence) {
    return Float.BYTES
        * LowerModel.lower(architecture).layerOps().stream()
            .mapToLong(op -> numbers(op, architecture, sequence))
            .sum();
  }

  private static long numbers(Op op, Architecture architecture, int sequence) {
    return switch (op) {
      case Op.Attention attention ->
          (long) attention.shape().keyHeads()
              * (attention.shape().headWidth() + attention.shape().valueWidth())
              * keys(attention, architecture, sequence);
      case Op.Recurrence recurrence -> recurrence.shape().stateNumbers();
      default -> 0;
    };
  }

  private static int keys(Op.Attention attention, Architecture architecture, int sequence) {
    int chunk = attention.shape().chunk();
    if (chunk > 0) {
      return Math.min(sequence, chunk);
    }
    return attention.window() < 0
        ? sequence
        : Math.min(sequence, architecture.windows().get(attention.window()).schedule().max());
  }
}
