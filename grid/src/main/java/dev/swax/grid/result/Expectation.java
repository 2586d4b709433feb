package dev.swax.grid.result;

/**
 * What a grid was expected to show.
 *
 * @param text as the file has it
 * @param detail the values that decide it, or what is not known yet
 */
public record Expectation(String text, Verdict verdict, String detail) {

  /** What came of it. */
  public enum Verdict {
    MET,
    NOT_MET,
    /** A value that it needs is not there. */
    OPEN;

    /** As reports show it. */
    public String text() {
      return switch (this) {
        case MET -> "met";
        case NOT_MET -> "NOT met";
        case OPEN -> "open";
      };
    }
  }

  /** As reports show it. */
  public String sentence() {
    return "%s: %s (%s)".formatted(verdict.text(), text, detail);
  }
}
