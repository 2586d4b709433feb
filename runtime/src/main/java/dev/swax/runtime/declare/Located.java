package dev.swax.runtime.declare;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Texts, and the folder in which paths among them start: that of the file in which they stand.
 *
 * @param texts one, where an argument is one text
 * @param kept where a copy of a file is that is read in its place, or the file itself
 */
public record Located(List<String> texts, Path folder, UnaryOperator<Path> kept) {
  public Located {
    texts = List.copyOf(texts);
  }

  /** Every file is where it is. */
  public Located(List<String> texts, Path folder) {
    this(texts, folder, UnaryOperator.identity());
  }

  /** The first text as the path of a file. */
  public Path path() {
    return kept.apply(folder.resolve(texts.getFirst()));
  }
}
