package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.Op;

/**
 * Rotary positions: pair (x[2i], x[2i+1]) of a head is turned by {@code t * theta^(-2i/headWidth)},
 * t counted within its sequence.
 */
final class InterpretRope {
  private InterpretRope() {}

  static Matrix rotate(Op.Rope rope, Matrix x, Bindings bindings) {
    Matrix y = Matrix.zeros(x.rows(), x.columns());
    int headWidth = x.columns() / rope.heads();
    for (int row = 0; row < x.rows(); row++) {
      int position = row % bindings.time();
      for (int c = 0; c < x.columns(); c += 2) {
        double frequency = Math.pow(rope.theta(), -(double) (c % headWidth) / headWidth);
        double angle = (rope.inverse() ? -position : position) * frequency;
        double cosine = Math.cos(angle);
        double sine = Math.sin(angle);
        y.set(row, c, x.get(row, c) * cosine - x.get(row, c + 1) * sine);
        y.set(row, c + 1, x.get(row, c) * sine + x.get(row, c + 1) * cosine);
      }
    }
    return y;
  }
}
