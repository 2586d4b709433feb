package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;

/**
 * One name of a body at one use of it.
 *
 * @param key where the name is written
 * @param span where its value is written; the use where it has none
 */
public record Slot(String name, Kind kind, Accepted wanted, Span key, Span span, Binding binding) {
  enum Kind {
    PARAMETER,
    KEY,
    LET
  }
}
