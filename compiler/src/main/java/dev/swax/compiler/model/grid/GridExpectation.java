package dev.swax.compiler.model.grid;

import dev.swax.compiler.source.Span;

/**
 * What the results of a grid should show. Where a side is not of a named column, it has to hold in
 * every column.
 *
 * @param span of the condition
 */
public record GridExpectation(
    Span span, GridExpression left, GridExpression.Relation relation, GridExpression right) {

  /** As the file has it, on one line. */
  public String text() {
    return span.words();
  }
}
