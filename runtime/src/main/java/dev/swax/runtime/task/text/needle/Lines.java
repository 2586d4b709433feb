package dev.swax.runtime.task.text.needle;

import java.util.List;

/** Lines of haystack. */
sealed interface Lines permits Noise, Distractors {
  /** The first {@code count} lines. */
  List<String> first(int count);
}
