package dev.swax.compiler.model.grid;

import dev.swax.compiler.source.Span;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One measure of a grid.
 *
 * @param tolerance how far its values may be from printed ones; NaN where the row does not say
 * @param format of its numbers, a {@link java.text.DecimalFormat} pattern; null where not stated
 */
public record GridRow(
    GridLabel heading,
    Span span,
    GridExpression value,
    Better better,
    double tolerance,
    @Nullable String format) {
  public String label() {
    return heading.text();
  }

  public SequencedMap<String, String> axes() {
    return heading.axes();
  }

  /** Which of two values is the better one. */
  public enum Better {
    UNSTATED,
    LOWER,
    HIGHER
  }
}
