package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.ScalarMatrix;

/**
 * The meaning of a {@link DeltaShape}, token after token, in double:
 *
 * <pre>
 * w_t = write_t v_t - erase_t (k_t . S_{t-1})
 * S_t = decay_t S_{t-1} + outer(k_t, w_t)
 * dw_t = k_t . dS_t;   dk_t = dS_t w_t - erase_t S_{t-1} dw_t
 * dv_t = write_t dw_t;   dwrite_t = v_t . dw_t;   derase_t = -(k_t . S_{t-1}) . dw_t
 * dlog decay_t = decay_t &lt;dS_t, S_{t-1}&gt;
 * dS_{t-1} = decay_t dS_t - erase_t outer(k_t, dw_t)
 * </pre>
 */
final class ScalarDelta extends ScalarMatrix {
  private final DeltaCall call;
  private double[] dWritten = new double[0];

  ScalarDelta() {
    this(new DeltaCall());
  }

  private ScalarDelta(DeltaCall call) {
    super(call);
    this.call = call;
  }

  /** Leaves w aside. */
  @Override
  protected void step(long at, double[] cells, int from, int to, double[] written, int line) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int c = 0; c < width; c++) {
      double known = 0;
      for (int r = 0; r < rows; r++) {
        known += call.k.get(at * rows + r) * cells[from + r * width + c];
      }
      written[line + c] =
          (double) call.write.get(at) * call.v.get(at * width + c) - call.erase.get(at) * known;
    }
    double decay = Math.exp(call.logDecay(at));
    for (int r = 0; r < rows; r++) {
      double key = call.k.get(at * rows + r);
      for (int c = 0; c < width; c++) {
        cells[to + r * width + c] = decay * cells[from + r * width + c] + key * written[line + c];
      }
    }
  }

  @Override
  protected void back(
      long at, double[] cells, int before, double[] written, int line, double[] slope) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    if (dWritten.length < width) {
      dWritten = new double[width];
    }
    double decay = Math.exp(call.logDecay(at));
    double erase = call.erase.get(at);
    double write = call.write.get(at);
    double dErase = 0;
    double dWrite = 0;
    double dDecay = 0;
    for (int c = 0; c < width; c++) {
      double known = 0;
      double dw = 0;
      for (int r = 0; r < rows; r++) {
        double key = call.k.get(at * rows + r);
        known += key * cells[before + r * width + c];
        dw += key * slope[r * width + c];
      }
      dWritten[c] = dw;
      dErase -= known * dw;
      dWrite += dw * call.v.get(at * width + c);
      call.dv.set(at * width + c, (float) (write * dw));
    }
    for (int r = 0; r < rows; r++) {
      double key = call.k.get(at * rows + r);
      double dk = 0;
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        dk += slope[i] * written[line + c] - erase * cells[before + i] * dWritten[c];
        dDecay += decay * slope[i] * cells[before + i];
        slope[i] = decay * slope[i] - erase * key * dWritten[c];
      }
      call.dk.set(at * rows + r, (float) dk);
    }
    call.dErase.set(at, (float) dErase);
    call.dWrite.set(at, (float) dWrite);
    if (call.dLogDecay != null) {
      call.dLogDecay.set(at, (float) dDecay);
    }
  }
}
