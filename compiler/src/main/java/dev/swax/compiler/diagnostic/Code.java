package dev.swax.compiler.diagnostic;

/**
 * Every kind of message. {@code SWX1xxx} syntax, {@code 2xxx} names, {@code 3xxx} shapes and units,
 * {@code 4xxx} architecture and training, {@code 5xxx} back end and files. Numbers are never
 * reused.
 */
public enum Code {
  UNREADABLE_TEXT(1001, Severity.ERROR),
  UNKNOWN_NAME(2001, Severity.ERROR);

  private final int number;
  private final Severity severity;

  Code(int number, Severity severity) {
    this.number = number;
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** {@code SWX2001}. */
  public String label() {
    return "SWX" + number;
  }
}
