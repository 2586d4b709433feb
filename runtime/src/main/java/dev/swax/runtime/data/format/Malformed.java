package dev.swax.runtime.data.format;

/** What happens to a record that cannot be read. */
public enum Malformed {
  /** The first one is an error. */
  ERROR,
  /** It is left out and counted. */
  SKIP;

  /** As the language calls it. */
  public String text() {
    return this == ERROR ? "error" : "skip";
  }
}
