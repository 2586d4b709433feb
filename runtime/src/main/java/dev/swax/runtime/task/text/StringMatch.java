package dev.swax.runtime.task.text;

import java.util.List;
import java.util.Locale;

/** RULER's {@code string_match_all}. */
public final class StringMatch {
  private StringMatch() {}

  /**
   * The share of references that occur in the prediction, letter case aside; control characters of
   * the prediction become line breaks. What else it says is not held against it.
   */
  public static double all(String prediction, List<String> references) {
    String text = prediction.strip().replaceAll("[\\x00-\\x1f]", "\n").toLowerCase(Locale.ROOT);
    long found =
        references.stream()
            .filter(reference -> text.contains(reference.toLowerCase(Locale.ROOT)))
            .count();
    return (double) found / references.size();
  }
}
