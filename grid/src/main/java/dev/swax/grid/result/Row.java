package dev.swax.grid.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One measure of a grid.
 *
 * @param axes the value of each name that its {@code for} binds, in order: {@code n = 4096}
 * @param lines for each of these names, what the labels of a line along it share: {@code needles,
 *     {n}}
 * @param format of its numbers, a {@link java.text.DecimalFormat} pattern; null where not stated
 * @param quantity what its numbers count, in words; null where that is not known
 */
public record Row(
    String label,
    SequencedMap<String, String> axes,
    SequencedMap<String, String> lines,
    Better better,
    @Nullable String format,
    @Nullable String quantity) {
  public Row {
    axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
    lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
  }

  /** Which of two values is the better one. */
  public enum Better {
    UNSTATED,
    LOWER,
    HIGHER
  }
}
