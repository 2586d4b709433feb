package dev.swax.grid.launch;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The end of what a process printed: from its last error on, else its last lines. */
public final class LastWords {
  private static final int SHOWN_LINES = 12;
  private static final int LOOKED_AT = 1 << 20;
  private static final String ERROR = "error: ";

  private LastWords() {}

  /** Of a log, behind its first {@code before} bytes. */
  public static String of(Path log, long before) {
    try {
      return of(RegularFile.end(log, before, LOOKED_AT).lines().toList());
    } catch (IOException e) {
      return "what it printed cannot be read: " + Reasons.of(e);
    }
  }

  private static String of(List<String> lines) {
    int start = Math.max(0, lines.size() - SHOWN_LINES / 2);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith(ERROR) || lines.get(i).startsWith("error[")) {
        start = i;
        break;
      }
    }
    String words =
        String.join("\n", lines.subList(start, Math.min(lines.size(), start + SHOWN_LINES)));
    return words.startsWith(ERROR) ? words.substring(ERROR.length()) : words;
  }
}
