package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;

/** A rewrite of a graph; never changes its input. */
public interface Pass {
  Graph run(Graph graph);

  /** For messages: which pass broke a graph. */
  default String name() {
    return getClass().getSimpleName();
  }
}
