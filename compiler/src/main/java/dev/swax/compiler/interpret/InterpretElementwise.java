package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;

/** Functions element by element. */
final class InterpretElementwise {
  private InterpretElementwise() {}

  static Matrix unary(UnaryFunction function, Matrix x) {
    Matrix y = Matrix.zeros(x.rows(), x.columns());
    for (int i = 0; i < x.values().length; i++) {
      y.values()[i] = function.of(x.values()[i]);
    }
    return y;
  }

  /** A [1, 1] side is spread over the other. */
  static Matrix binary(BinaryFunction function, Matrix left, Matrix right) {
    Matrix shape = left.isScalar() ? right : left;
    Matrix y = Matrix.zeros(shape.rows(), shape.columns());
    for (int i = 0; i < y.values().length; i++) {
      double a = left.values()[left.isScalar() ? 0 : i];
      double b = right.values()[right.isScalar() ? 0 : i];
      y.values()[i] = function.of(a, b);
    }
    return y;
  }
}
