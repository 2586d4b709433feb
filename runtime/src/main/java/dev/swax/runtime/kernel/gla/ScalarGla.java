package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.ScalarMatrix;

/**
 * The meaning of a {@link GlaShape}, token after token, in double:
 *
 * <pre>
 * S_t = diag(a_t) S_{t-1} + outer(k_t, v_t)
 * dk_t = dS_t v_t;   dv_t = k_t . dS_t;   dlog a_t = a_t * (sum over columns of dS_t * S_{t-1})
 * dS_{t-1} = diag(a_t) dS_t
 * </pre>
 */
final class ScalarGla extends ScalarMatrix {
  private final GlaCall call;

  ScalarGla() {
    this(new GlaCall());
  }

  private ScalarGla(GlaCall call) {
    super(call);
    this.call = call;
  }

  @Override
  protected void step(long at, double[] cells, int from, int to, double[] aside, int line) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(call.logDecay.get(at * rows + r));
      double key = call.k.get(at * rows + r);
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        cells[to + i] = decay * cells[from + i] + key * call.v.get(at * width + c);
      }
    }
  }

  @Override
  protected void back(
      long at, double[] cells, int before, double[] aside, int line, double[] slope) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int c = 0; c < width; c++) {
      double dv = 0;
      for (int r = 0; r < rows; r++) {
        dv += call.k.get(at * rows + r) * slope[r * width + c];
      }
      call.dv.set(at * width + c, (float) dv);
    }
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(call.logDecay.get(at * rows + r));
      double dk = 0;
      double dDecay = 0;
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        dk += slope[i] * call.v.get(at * width + c);
        dDecay += slope[i] * cells[before + i];
        slope[i] *= decay;
      }
      call.dk.set(at * rows + r, (float) dk);
      call.dLogDecay.set(at * rows + r, (float) (decay * dDecay));
    }
  }
}
