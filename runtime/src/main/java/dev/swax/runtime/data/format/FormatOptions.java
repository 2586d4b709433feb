package dev.swax.runtime.data.format;

/**
 * How files are read.
 *
 * @param format the name of a {@link TextFormat}; empty: each file's name decides
 * @param field of a JSON object, or column of a table, that is the text
 */
public record FormatOptions(String format, String field, Malformed malformed) {
  /** Where nothing is said. */
  public static final FormatOptions DEFAULT = new FormatOptions("", "text", Malformed.ERROR);

  /** The same, but a record that is malformed is an error. */
  public FormatOptions strict() {
    return new FormatOptions(format, field, Malformed.ERROR);
  }
}
