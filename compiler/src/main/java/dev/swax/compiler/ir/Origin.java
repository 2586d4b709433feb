package dev.swax.compiler.ir;

import dev.swax.compiler.source.Span;

/**
 * Where a node comes from.
 *
 * @param span the line of the `.swax` file
 * @param mixer whether that is inside of a mixer, at this place of its use
 */
public record Origin(Span span, boolean mixer) {
  /** The line. */
  @Override
  public String toString() {
    return span.toString();
  }
}
