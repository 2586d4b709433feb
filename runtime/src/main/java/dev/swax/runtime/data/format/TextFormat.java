package dev.swax.runtime.data.format;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How documents stand in a file. It has no state: several threads may read different files at once.
 * Formats that need a library are services of another module.
 */
public interface TextFormat {
  /** As {@code format = …} calls it. */
  String name();

  /** How names of such files end, with the point; none where it is chosen by its name only. */
  List<String> endings();

  /**
   * Gives the records of a file, in its order, while it is read; they are UTF-8 and have no byte of
   * zero. What is wrong with the file is a {@link dev.swax.runtime.UserError}, which names it.
   *
   * @param file without compression
   * @return what was left out
   */
  Skipped read(SourceFile file, FormatOptions options, Consumer<TextRecord> sink)
      throws IOException;
}
