package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.delta.DeltaShape;
import java.util.List;

/**
 * A memory of the delta rule:
 *
 * <pre>
 * w_t = write_t v_t - erase_t (k_t . S_{t-1});   S_t = decay_t S_{t-1} + outer(k_t, w_t)
 * dw_t = k_t . dS_t;   dS_{t-1} = decay_t dS_t - erase_t outer(k_t, dw_t)
 * </pre>
 */
final class InterpretDelta extends InterpretMatrix {
  private final boolean decays;

  InterpretDelta(DeltaShape shape) {
    super(shape);
    decays = shape.decay();
  }

  @Override
  protected double[] next(Token token, double[] before) {
    double[] next = empty();
    for (int c = 0; c < shape.valueWidth(); c++) {
      double written = written(token, before, c);
      for (int r = 0; r < shape.keyWidth(); r++) {
        int i = cell(r, c);
        next[i] = token.decay(0) * before[i] + token.of("k", r) * written;
      }
    }
    return next;
  }

  private static double written(Token token, double[] before, int c) {
    return token.of("write", 0) * token.of("v", c)
        - token.of("erase", 0) * token.read("k", before, c);
  }

  @Override
  protected double[] back(Token token, double[] before, double[] slope, List<Matrix> gradients) {
    double decay = token.decay(0);
    double erase = token.of("erase", 0);
    double[] earlier = empty();
    for (int c = 0; c < shape.valueWidth(); c++) {
      double dw = token.read("k", slope, c);
      double written = written(token, before, c);
      for (int r = 0; r < shape.keyWidth(); r++) {
        int i = cell(r, c);
        token.add(gradients, "k", r, slope[i] * written - erase * before[i] * dw);
        earlier[i] = decay * slope[i] - erase * token.of("k", r) * dw;
        if (decays) {
          token.add(gradients, "log_decay", 0, decay * slope[i] * before[i]);
        }
      }
      token.add(gradients, "v", c, token.of("write", 0) * dw);
      token.add(gradients, "write", 0, token.of("v", c) * dw);
      token.add(gradients, "erase", 0, -token.read("k", before, c) * dw);
    }
    return earlier;
  }
}
