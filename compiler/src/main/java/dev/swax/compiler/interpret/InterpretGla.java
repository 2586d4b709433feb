package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.gla.GlaShape;
import java.util.List;

/**
 * A memory of which every row decays by a factor of its own:
 *
 * <pre>
 * S_t = diag(a_t) S_{t-1} + outer(k_t, v_t);   dS_{t-1} = diag(a_t) dS_t
 * </pre>
 */
final class InterpretGla extends InterpretMatrix {
  InterpretGla(GlaShape shape) {
    super(shape);
  }

  @Override
  protected double[] next(Token token, double[] before) {
    double[] next = empty();
    for (int r = 0; r < shape.keyWidth(); r++) {
      double decay = token.decay(r);
      double key = token.of("k", r);
      for (int c = 0; c < shape.valueWidth(); c++) {
        int i = cell(r, c);
        next[i] = decay * before[i] + key * token.of("v", c);
      }
    }
    return next;
  }

  @Override
  protected double[] back(Token token, double[] before, double[] slope, List<Matrix> gradients) {
    double[] earlier = empty();
    for (int r = 0; r < shape.keyWidth(); r++) {
      double decay = token.decay(r);
      double key = token.of("k", r);
      for (int c = 0; c < shape.valueWidth(); c++) {
        int i = cell(r, c);
        token.add(gradients, "k", r, slope[i] * token.of("v", c));
        token.add(gradients, "v", c, slope[i] * key);
        token.add(gradients, "log_decay", r, decay * slope[i] * before[i]);
        earlier[i] = decay * slope[i];
      }
    }
    return earlier;
  }
}
