package dev.swax.runtime.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How documents become training sequences. */
public enum Packing {
  /** All are joined, and the whole is cut into sequences: no place of a sequence is empty. */
  JOINED,
  /** A sequence holds whole documents, as many as fit, and is filled up with nothing. */
  WHOLE;

  /** Of all. */
  public static final List<String> NAMES = Stream.of(values()).map(Packing::text).toList();

  /** As the language calls it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
