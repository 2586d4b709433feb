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
  /** The same with less work. */
  SIMPLIFIED,
  /** Each block followed by its gradients. */
  GRAD,
  /** The same with less work, equal things computed once. */
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
