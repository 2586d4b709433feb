package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.syntax.Expression;

/** Is told what expressions come to; one that stands in a body is evaluated at each use of it. */
@FunctionalInterface
public interface Watcher {
  /** Wants to know nothing. */
  Watcher NONE = (_, _) -> {};

  void evaluated(Expression expression, Value value);
}
