package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.ScalarMatrix;

/**
 * The meaning of a {@link DplrShape}, token after token, in double:
 *
 * <pre>
 * z_t = w_t . S_{t-1};   S_t = diag(a_t) S_{t-1} + outer(u_t, z_t) + outer(k_t, v_t)
 * dz_t = u_t . dS_t;   du_t = dS_t z_t;   dw_t = S_{t-1} dz_t
 * dv_t = k_t . dS_t;   dk_t = dS_t v_t;   dlog a_t = a_t * (sum over columns of dS_t * S_{t-1})
 * dS_{t-1} = diag(a_t) dS_t + outer(w_t, dz_t)
 * </pre>
 */
final class ScalarDplr extends ScalarMatrix {
  private final DplrCall call;
  private double[] dz = new double[0];

  ScalarDplr() {
    this(new DplrCall());
  }

  private ScalarDplr(DplrCall call) {
    super(call);
    this.call = call;
  }

  /** Leaves z aside. */
  @Override
  protected void step(long at, double[] cells, int from, int to, double[] z, int line) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int c = 0; c < width; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += call.w.get(at * rows + r) * cells[from + r * width + c];
      }
      z[line + c] = sum;
    }
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(call.logDecay.get(at * rows + r));
      double u = call.u.get(at * rows + r);
      double key = call.k.get(at * rows + r);
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        cells[to + i] =
            decay * cells[from + i] + u * z[line + c] + key * call.v.get(at * width + c);
      }
    }
  }

  @Override
  protected void back(long at, double[] cells, int before, double[] z, int line, double[] slope) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    if (dz.length < width) {
      dz = new double[width];
    }
    for (int c = 0; c < width; c++) {
      double dv = 0;
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        dv += call.k.get(at * rows + r) * slope[r * width + c];
        sum += call.u.get(at * rows + r) * slope[r * width + c];
      }
      call.dv.set(at * width + c, (float) dv);
      dz[c] = sum;
    }
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(call.logDecay.get(at * rows + r));
      double w = call.w.get(at * rows + r);
      double dk = 0;
      double du = 0;
      double dw = 0;
      double dDecay = 0;
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        dk += slope[i] * call.v.get(at * width + c);
        du += slope[i] * z[line + c];
        dw += cells[before + i] * dz[c];
        dDecay += slope[i] * cells[before + i];
        slope[i] = decay * slope[i] + w * dz[c];
      }
      call.dk.set(at * rows + r, (float) dk);
      call.du.set(at * rows + r, (float) du);
      call.dw.set(at * rows + r, (float) dw);
      call.dLogDecay.set(at * rows + r, (float) (decay * dDecay));
    }
  }
}
