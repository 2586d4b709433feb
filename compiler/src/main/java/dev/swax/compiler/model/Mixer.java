package dev.swax.compiler.model;

import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/** What moves information along time. {@code name} is what the file calls it: `local`, `memory`. */
public sealed interface Mixer {
  Span span();

  String name();

  /**
   * Softmax attention, no biases.
   *
   * @param heads query heads; {@code keyHeads} divides it
   * @param headWidth per head
   * @param window index into {@link Architecture#windows}, or -1 for full attention
   * @param ropeTheta base of the rotary positions, or null for none
   */
  record Attention(
      Span span,
      String name,
      int heads,
      int keyHeads,
      int headWidth,
      int window,
      @Nullable Double ropeTheta)
      implements Mixer {}

  /** A recurrent memory cell. */
  record Memory(Span span, String name, Cell cell) implements Mixer {}
}
