package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.Op;
import dev.swax.runtime.kernel.rope.Rotation;

/** Rotary positions by their definition: position t is counted within its sequence. */
final class InterpretRope {
  private InterpretRope() {}

  static Matrix rotate(Op.Rope rope, Matrix x, Bindings bindings) {
    Matrix y = Matrix.of(x.rows(), x.columns(), x.values().clone());
    Rotation rotation = rope.rotation();
    double[] frequencies = rotation.frequencies();
    for (int row = 0; row < x.rows(); row++) {
      int position = row % bindings.time();
      for (int head = 0; head < rope.heads(); head++) {
        for (int pair = 0; pair < frequencies.length; pair++) {
          double angle = (rope.inverse() ? -position : position) * frequencies[pair];
          double cosine = rotation.scaling().magnitude() * Math.cos(angle);
          double sine = rotation.scaling().magnitude() * Math.sin(angle);
          int first = head * rotation.headWidth() + rotation.first(pair);
          int second = first + rotation.apart();
          y.set(row, first, x.get(row, first) * cosine - x.get(row, second) * sine);
          y.set(row, second, x.get(row, first) * sine + x.get(row, second) * cosine);
        }
      }
    }
    return y;
  }
}
