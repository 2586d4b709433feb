package dev.swax.compiler.ir;

/** Adds arithmetic to a graph: the language of gradient rules. */
public record Arithmetic(Graph.Builder out) {

  public ValueId constant(double value) {
    return out.add(new Op.Constant(value));
  }

  public ValueId unary(UnaryFunction function, ValueId x) {
    return out.add(new Op.Unary(function), x);
  }

  public ValueId negate(ValueId x) {
    return unary(UnaryFunction.NEGATE, x);
  }

  public ValueId square(ValueId x) {
    return unary(UnaryFunction.SQUARE, x);
  }

  /** -1, 0 or 1. */
  public ValueId sign(ValueId x) {
    return unary(UnaryFunction.SIGN, x);
  }

  public ValueId sigmoid(ValueId x) {
    return unary(UnaryFunction.SIGMOID, x);
  }

  public ValueId binary(BinaryFunction function, ValueId a, ValueId b) {
    return out.add(new Op.Binary(function), a, b);
  }

  public ValueId add(ValueId a, ValueId b) {
    return binary(BinaryFunction.ADD, a, b);
  }

  public ValueId subtract(ValueId a, ValueId b) {
    return binary(BinaryFunction.SUBTRACT, a, b);
  }

  public ValueId multiply(ValueId a, ValueId b) {
    return binary(BinaryFunction.MULTIPLY, a, b);
  }

  public ValueId divide(ValueId a, ValueId b) {
    return binary(BinaryFunction.DIVIDE, a, b);
  }

  /** 1 where {@code a > b}, else 0. */
  public ValueId greater(ValueId a, ValueId b) {
    return binary(BinaryFunction.GREATER, a, b);
  }

  public ValueId oneMinus(ValueId x) {
    return subtract(constant(1), x);
  }
}
