package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.dplr.DplrShape;
import java.util.List;

/**
 * A memory that moves by a diagonal plus rank one:
 *
 * <pre>
 * z_t = w_t . S_{t-1};   S_t = diag(a_t) S_{t-1} + outer(u_t, z_t) + outer(k_t, v_t)
 * dz_t = u_t . dS_t;     dS_{t-1} = diag(a_t) dS_t + outer(w_t, dz_t)
 * </pre>
 */
final class InterpretDplr extends InterpretMatrix {
  InterpretDplr(DplrShape shape) {
    super(shape);
  }

  @Override
  protected double[] next(Token token, double[] before) {
    double[] next = empty();
    for (int c = 0; c < shape.valueWidth(); c++) {
      double z = token.read("w", before, c);
      double v = token.of("v", c);
      for (int r = 0; r < shape.keyWidth(); r++) {
        int i = cell(r, c);
        next[i] = token.decay(r) * before[i] + token.of("u", r) * z + token.of("k", r) * v;
      }
    }
    return next;
  }

  @Override
  protected double[] back(Token token, double[] before, double[] slope, List<Matrix> gradients) {
    double[] earlier = empty();
    for (int c = 0; c < shape.valueWidth(); c++) {
      double z = token.read("w", before, c);
      double dz = token.read("u", slope, c);
      token.add(gradients, "v", c, token.read("k", slope, c));
      for (int r = 0; r < shape.keyWidth(); r++) {
        int i = cell(r, c);
        token.add(gradients, "k", r, slope[i] * token.of("v", c));
        token.add(gradients, "u", r, slope[i] * z);
        token.add(gradients, "w", r, before[i] * dz);
        token.add(gradients, "log_decay", r, token.decay(r) * slope[i] * before[i]);
        earlier[i] = token.decay(r) * slope[i] + token.of("w", r) * dz;
      }
    }
    return earlier;
  }
}
