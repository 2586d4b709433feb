package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * What a name means.
 *
 * @param place where the name is declared; null for what the language itself has
 * @param detail its declaration in one line: {@code model lm(width = 2048)}
 * @param documentation what is said about it, in Markdown; empty if nothing is
 */
public record Symbol(
    Kind kind, String name, @Nullable Span place, String detail, String documentation) {

  /** What kind of thing it is. */
  public enum Kind {
    LET,
    MODEL,
    WINDOW,
    CELL,
    FFN,
    NORM,
    BLOCK,
    DATA,
    TRAIN,
    PROFILE,
    GRID,
    /** A row of a grid. */
    ROW,
    /** Of a declaration that one calls. */
    PARAMETER,
    /** A name that the language gives a meaning to: {@code vocab}, an argument of a built-in. */
    KEY,
    /** What a {@code for} binds. */
    VARIABLE,
    /** A line of a part's body. */
    VALUE,
    /** A state of a cell. */
    STATE,
    /** Of the language. */
    FUNCTION,
    /** One that stands for itself: {@code none}. */
    WORD,
    /** Of a parameter. */
    TYPE
  }

  /** Whether another name could be given to it: it is declared, and not a key of the language. */
  public boolean canBeRenamed() {
    return place != null && kind != Kind.KEY && !place.file().isOfLibrary();
  }
}
