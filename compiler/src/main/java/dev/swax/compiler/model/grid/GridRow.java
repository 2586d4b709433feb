package dev.swax.compiler.model.grid;

import dev.swax.compiler.source.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One measure of a grid.
 *
 * @param axes the value of each name that its {@code for} binds, as text
 * @param tolerance how far its values may be from printed ones; NaN where the row does not say
 * @param format of its numbers, a {@link java.text.DecimalFormat} pattern; null where not stated
 */
public record GridRow(
    String label,
    Span span,
    SequencedMap<String, String> axes,
    GridExpression value,
    Better better,
    double tolerance,
    @Nullable String format) {
  public GridRow {
    axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
  }

  /** Which of two values is the better one. */
  public enum Better {
    UNSTATED,
    LOWER,
    HIGHER
  }
}
