package dev.swax.compiler.diagnostic;

/**
 * Every kind of message. {@code SWX1xxx} syntax, {@code 2xxx} names, {@code 3xxx} shapes and units,
 * {@code 4xxx} architecture and training, {@code 5xxx} back end and files. Numbers are never
 * reused.
 */
public enum Code {
  /** The file is missing, too large, or not UTF-8 text. */
  UNREADABLE_TEXT(1001, Severity.ERROR),
  /** A character that means nothing in the language. */
  UNKNOWN_CHARACTER(1002, Severity.ERROR),
  /** A text without its closing quote. */
  UNCLOSED_TEXT(1003, Severity.ERROR),
  /** A backslash before a character that needs none. */
  UNKNOWN_ESCAPE(1004, Severity.ERROR),
  /** A number with a multiplier that does not exist, or in another language's form. */
  MALFORMED_NUMBER(1005, Severity.ERROR),
  /** What another language would write: {@code #}, {@code **}, {@code &&}. */
  FOREIGN_SYNTAX(1006, Severity.ERROR),
  /** A bracket that is never closed. */
  UNCLOSED_BRACKET(1007, Severity.ERROR),
  /** A closing bracket that closes nothing. */
  UNOPENED_BRACKET(1008, Severity.ERROR),
  /** Brackets or operators within each other beyond the limit. */
  TOO_DEEP(1009, Severity.ERROR),
  /** The first word of a declaration is not one that begins one. */
  UNKNOWN_DECLARATION(1010, Severity.ERROR),
  /** A key without {@code =} before its value. */
  MISSING_EQUALS(1011, Severity.ERROR),
  /** {@code :} where {@code =} belongs, {@code =} where {@code :} or {@code ==} belongs. */
  WRONG_EQUALS(1012, Severity.ERROR),
  /** Two elements or arguments without a comma between them. */
  MISSING_COMMA(1013, Severity.ERROR),
  /** An operator, {@code =} or comma with no value beside it. */
  MISSING_VALUE(1014, Severity.ERROR),
  /** A declaration or parameter without a name. */
  MISSING_NAME(1015, Severity.ERROR),
  /** A word of the language where a name belongs. */
  RESERVED_WORD(1016, Severity.ERROR),
  /** A construct that lacks one of its words: {@code if} without {@code then}. */
  MISSING_WORD(1017, Severity.ERROR),
  /** Something that has no place where it stands. */
  MISPLACED(1018, Severity.ERROR),
  /** {@code a < b < c}. */
  CHAINED_COMPARISON(1019, Severity.ERROR),
  /** {@code edition 7}. */
  UNKNOWN_EDITION(1020, Severity.ERROR),
  /** A unit that does not exist: {@code 2k steps}. */
  UNKNOWN_UNIT(1021, Severity.ERROR),

  /** A name that nothing declares. */
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
