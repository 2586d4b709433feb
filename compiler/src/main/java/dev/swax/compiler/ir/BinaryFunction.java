package dev.swax.compiler.ir;

/** Functions of two values, element by element. */
public enum BinaryFunction {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MAXIMUM,
  MINIMUM,
  /** 1 where left > right, else 0. */
  GREATER
}
