package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.columns.ColumnsShape;
import java.util.List;

/**
 * A memory whose columns decay:
 *
 * <pre>
 * S_t = S_{t-1} diag(a_t) + outer(k_t, v_t);   dS_{t-1} = dS_t diag(a_t)
 * dk_t = dS_t v_t;   dv_t = k_t . dS_t;   dlog a_t = a_t times the column sums of dS_t * S_{t-1}
 * </pre>
 */
final class InterpretColumns extends InterpretMatrix {
  InterpretColumns(ColumnsShape shape) {
    super(shape);
  }

  @Override
  protected double[] next(Token token, double[] before) {
    double[] next = empty();
    for (int r = 0; r < shape.keyWidth(); r++) {
      for (int c = 0; c < shape.valueWidth(); c++) {
        int i = cell(r, c);
        next[i] = token.decay(c) * before[i] + token.of("k", r) * token.of("v", c);
      }
    }
    return next;
  }

  @Override
  protected double[] back(Token token, double[] before, double[] slope, List<Matrix> gradients) {
    double[] earlier = empty();
    for (int r = 0; r < shape.keyWidth(); r++) {
      for (int c = 0; c < shape.valueWidth(); c++) {
        int i = cell(r, c);
        token.add(gradients, "k", r, slope[i] * token.of("v", c));
        token.add(gradients, "v", c, slope[i] * token.of("k", r));
        token.add(gradients, "log_decay", c, token.decay(c) * slope[i] * before[i]);
        earlier[i] = token.decay(c) * slope[i];
      }
    }
    return earlier;
  }
}
