package dev.swax.runtime.task.declare;

import java.nio.file.Path;
import java.util.List;

/**
 * Texts, and the folder in which paths among them start: that of the file in which they stand.
 *
 * @param texts one, where an argument is one text
 */
public record Located(List<String> texts, Path folder) {
  public Located {
    texts = List.copyOf(texts);
  }
}
