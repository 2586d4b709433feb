package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Node;

/** One thing that a method of a generated program does. */
public sealed interface Step {
  /** A heavy op: one call of a kernel of the runtime. */
  record Call(Node node) implements Step {}

  /** Elementwise work fused into one generated kernel. */
  record Fused(RowKernel kernel) implements Step {}
}
