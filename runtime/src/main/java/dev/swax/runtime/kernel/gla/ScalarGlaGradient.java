package dev.swax.runtime.kernel.gla;

import java.util.Arrays;

/**
 * The gradient of {@link ScalarGla} by going back through time, in double. With {@code dS_t} the
 * gradient of the whole loss with respect to S_t:
 *
 * <pre>
 * dS_t += scale outer(q_t, dy_t);   dq_t = scale S_t dy_t
 * dk_t = dS_t v_t;   dv_t = k_t . dS_t;   dlog a_t = a_t * (sum over columns of dS_t * S_{t-1})
 * dS_{t-1} = diag(a_t) dS_t, or zero where a reset lies between
 * </pre>
 *
 * <p>States are recomputed in groups of {@link #GROUP} tokens from the state before each group.
 */
final class ScalarGlaGradient {
  private static final int GROUP = 64;

  private final GlaCall call;
  private double[] groupStarts = new double[0];
  private double[] cells = new double[0];
  private double[] slope = new double[0];

  ScalarGlaGradient(GlaCall call) {
    this.call = call;
  }

  void run() {
    GlaShape shape = call.shape;
    int size = shape.keyWidth() * shape.valueWidth();
    grow(size);
    for (int head = 0; head < call.heads(); head++) {
      ScalarGla.load(call.state, head, shape, groupStarts, 0);
      for (int from = 0; from < call.time; from += GROUP) {
        walk(head, from);
      }
      ScalarGla.load(call.dState, head, shape, slope, 0);
      for (int from = (call.time - 1) / GROUP * GROUP; from >= 0; from -= GROUP) {
        walk(head, from);
        for (int t = Math.min(call.time, from + GROUP) - 1; t >= from; t--) {
          boolean reset = call.resetsBefore(head, t);
          int before = reset ? (GROUP + 1) * size : (t - from) * size;
          back(call.at(head, t), before, (t - from + 1) * size);
          if (reset) {
            Arrays.fill(slope, 0, size, 0);
          }
        }
      }
      if (call.dState != null) {
        ScalarGla.store(call.dState, head, shape, slope, 0);
      }
    }
  }

  /** Computes the states of a group into {@code cells}, the first being the one before it. */
  private void walk(int head, int from) {
    int size = call.shape.keyWidth() * call.shape.valueWidth();
    System.arraycopy(groupStarts, from / GROUP * size, cells, 0, size);
    int to = Math.min(call.time, from + GROUP);
    for (int t = from; t < to; t++) {
      int before = (t - from) * size;
      int source = call.resetsBefore(head, t) ? (GROUP + 1) * size : before;
      ScalarGla.step(call, call.at(head, t), cells, source, before + size);
    }
    if (to < call.time) {
      System.arraycopy(cells, (to - from) * size, groupStarts, to / GROUP * size, size);
    }
  }

  /** From the gradient of the state after a token to that of the state before it. */
  private void back(long at, int before, int after) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    double scale = call.shape.scale();
    for (int c = 0; c < width; c++) {
      double dy = call.dy.get(at * width + c);
      double dv = 0;
      for (int r = 0; r < rows; r++) {
        slope[r * width + c] += scale * call.q.get(at * rows + r) * dy;
        dv += call.k.get(at * rows + r) * slope[r * width + c];
      }
      call.dv.set(at * width + c, (float) dv);
    }
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(call.logDecay.get(at * rows + r));
      double dq = 0;
      double dk = 0;
      double dDecay = 0;
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        dq += scale * cells[after + i] * call.dy.get(at * width + c);
        dk += slope[i] * call.v.get(at * width + c);
        dDecay += slope[i] * cells[before + i];
        slope[i] *= decay;
      }
      call.dq.set(at * rows + r, (float) dq);
      call.dk.set(at * rows + r, (float) dk);
      call.dLogDecay.set(at * rows + r, (float) (decay * dDecay));
    }
  }

  private void grow(int size) {
    int starts = Math.max(1, (call.time + GROUP - 1) / GROUP) * size;
    if (groupStarts.length < starts) {
      groupStarts = new double[starts];
    }
    if (cells.length < (GROUP + 2) * size) {
      cells = new double[(GROUP + 2) * size];
      slope = new double[size];
    }
    // A cell that stays zero.
    Arrays.fill(cells, (GROUP + 1) * size, (GROUP + 2) * size, 0);
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    return 8L * (groupStarts.length + cells.length + slope.length);
  }
}
