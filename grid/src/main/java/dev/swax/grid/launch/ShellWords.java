package dev.swax.grid.launch;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a POSIX shell reads them. */
public final class ShellWords {
  private static final String PLAIN = "[A-Za-z0-9_./:=,@%+-]+";

  private ShellWords() {}

  /** A word that stands for exactly this text. */
  public static String quote(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** A command of these words. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }
}
