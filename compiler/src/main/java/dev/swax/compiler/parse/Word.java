package dev.swax.compiler.parse;

import dev.swax.compiler.source.Span;

/** A word, a sign or a comment of a file, as it is written. */
public record Word(Span span, Kind kind) {

  /** What it is by itself, wherever it stands. */
  public enum Kind {
    /** One that no name may have: {@code let}, {@code with}. */
    RESERVED,
    /** One with a meaning in one place, and a name anywhere else: {@code model}, {@code tok}. */
    CONTEXTUAL,
    NAME,
    /** {@code S'}. */
    PRIMED,
    /** With its multiplier or its percent sign. */
    NUMBER,
    TEXT,
    OPERATOR,
    BRACKET,
    /** {@code ,} or {@code :}. */
    SEPARATOR,
    COMMENT,
    /** A {@code ///} line. */
    DOCUMENTATION,
    /** What the language has no use for. */
    FOREIGN
  }
}
