package dev.swax.runtime.kernel.delta;

import java.util.Arrays;

/**
 * The gradient of {@link ScalarDelta} by going back through time, in double. With {@code dS_t} the
 * gradient of the whole loss with respect to S_t:
 *
 * <pre>
 * dS_t += scale outer(q_t, dy_t);   dq_t = scale S_t dy_t;   dw_t = k_t . dS_t
 * dk_t = dS_t w_t - erase_t S_{t-1} dw_t;   dv_t = write_t dw_t;   dwrite_t = v_t . dw_t
 * derase_t = -(k_t . S_{t-1}) . dw_t;   dlog decay_t = decay_t &lt;dS_t, S_{t-1}&gt;
 * dS_{t-1} = decay_t dS_t - erase_t outer(k_t, dw_t), or zero where a reset lies between
 * </pre>
 *
 * <p>States are recomputed in groups of {@link #GROUP} tokens from the state before each group.
 */
final class ScalarDeltaGradient {
  private static final int GROUP = 64;

  private final DeltaCall call;
  private double[] groupStarts = new double[0];
  private double[] cells = new double[0];
  private double[] written = new double[0];
  private double[] slope = new double[0];
  private double[] dWritten = new double[0];

  ScalarDeltaGradient(DeltaCall call) {
    this.call = call;
  }

  void run() {
    DeltaShape shape = call.shape;
    int size = shape.keyWidth() * shape.valueWidth();
    grow(size);
    for (int head = 0; head < call.heads(); head++) {
      ScalarDelta.load(call.state, head, shape, groupStarts, 0);
      for (int from = 0; from < call.time; from += GROUP) {
        walk(head, from);
      }
      ScalarDelta.load(call.dState, head, shape, slope, 0);
      for (int from = (call.time - 1) / GROUP * GROUP; from >= 0; from -= GROUP) {
        walk(head, from);
        for (int t = Math.min(call.time, from + GROUP) - 1; t >= from; t--) {
          boolean reset = call.resetsBefore(head, t);
          int before = reset ? (GROUP + 1) * size : (t - from) * size;
          back(call.at(head, t), before, (t - from + 1) * size, (t - from) * shape.valueWidth());
          if (reset) {
            Arrays.fill(slope, 0, size, 0);
          }
        }
      }
      if (call.dState != null) {
        ScalarDelta.store(call.dState, head, shape, slope, 0);
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
      int line = (t - from) * call.shape.valueWidth();
      ScalarDelta.step(call, call.at(head, t), cells, source, before + size, written, line);
    }
    if (to < call.time) {
      System.arraycopy(cells, (to - from) * size, groupStarts, to / GROUP * size, size);
    }
  }

  /** From the gradient of the state after a token to that of the state before it. */
  private void back(long at, int before, int after, int line) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    double decay = Math.exp(call.logDecay(at));
    double erase = call.erase.get(at);
    double write = call.write.get(at);
    double scale = call.shape.scale();
    double dErase = 0;
    double dWrite = 0;
    double dDecay = 0;
    for (int c = 0; c < width; c++) {
      double dy = call.dy.get(at * width + c);
      double known = 0;
      double dw = 0;
      for (int r = 0; r < rows; r++) {
        int i = r * width + c;
        double key = call.k.get(at * rows + r);
        slope[i] += scale * call.q.get(at * rows + r) * dy;
        known += key * cells[before + i];
        dw += key * slope[i];
      }
      dWritten[c] = dw;
      dErase -= known * dw;
      dWrite += dw * call.v.get(at * width + c);
      call.dv.set(at * width + c, (float) (write * dw));
    }
    for (int r = 0; r < rows; r++) {
      double key = call.k.get(at * rows + r);
      double dq = 0;
      double dk = 0;
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        dq += scale * cells[after + i] * call.dy.get(at * width + c);
        dk += slope[i] * written[line + c] - erase * cells[before + i] * dWritten[c];
        dDecay += decay * slope[i] * cells[before + i];
        slope[i] = decay * slope[i] - erase * key * dWritten[c];
      }
      call.dq.set(at * rows + r, (float) dq);
      call.dk.set(at * rows + r, (float) dk);
    }
    call.dErase.set(at, (float) dErase);
    call.dWrite.set(at, (float) dWrite);
    if (call.dLogDecay != null) {
      call.dLogDecay.set(at, (float) dDecay);
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
    if (dWritten.length < call.shape.valueWidth()) {
      dWritten = new double[call.shape.valueWidth()];
      written = new double[GROUP * call.shape.valueWidth()];
    }
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    return 8L
        * (groupStarts.length + cells.length + written.length + slope.length + dWritten.length);
  }
}
