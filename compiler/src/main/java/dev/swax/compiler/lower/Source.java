package dev.swax.compiler.lower;

/** Where a further input of a layer comes from. */
public sealed interface Source {
  /** The residual stream before the first layer. */
  record Embedding() implements Source {}

  /** What an earlier layer lets others read, by the name of its result. */
  record Export(int layer, String name) implements Source {}
}
