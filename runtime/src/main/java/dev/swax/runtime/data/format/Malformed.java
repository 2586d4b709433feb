package dev.swax.runtime.data.format;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What happens to a record that cannot be read. */
public enum Malformed {
  /** The first one is an error. */
  ERROR,
  /** It is left out and counted. */
  SKIP;

  /** Of all. */
  public static final List<String> NAMES = Stream.of(values()).map(Malformed::text).toList();

  /** As the language calls it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
