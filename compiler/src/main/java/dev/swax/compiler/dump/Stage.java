package dev.swax.compiler.dump;

import java.util.Locale;

/** What can be printed on the way from a file to a program, in order. */
public enum Stage {
  /** The tree of the text. */
  SYNTAX,
  /** The resolved model. */
  MODEL,
  /** Each block as lowering leaves it. */
  IR,
  /** Each block with its gradients. */
  GRAD,
  /** The same after the passes. */
  OPTIMIZED,
  /** Steps and places of each method. */
  PLAN,
  /** The generated class. */
  JAVA;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
