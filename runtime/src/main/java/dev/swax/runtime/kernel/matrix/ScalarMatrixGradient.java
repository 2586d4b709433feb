package dev.swax.runtime.kernel.matrix;

import java.util.Arrays;

/**
 * The gradient of a {@link ScalarMatrix} by going back through time, in double. With {@code dS_t}
 * the gradient of the whole loss with respect to S_t: {@code dS_t += scale outer(q_t, dy_t)},
 * {@code dq_t = scale S_t dy_t}; the rest is the family's.
 *
 * <p>States are recomputed in groups of {@link #GROUP} tokens from the state before each group.
 */
final class ScalarMatrixGradient {
  private static final int GROUP = 64;

  private final MatrixCall call;
  private double[] groupStarts = new double[0];
  private double[] cells = new double[0];
  private double[] asides = new double[0];
  private double[] slope = new double[0];

  ScalarMatrixGradient(MatrixCall call) {
    this.call = call;
  }

  void run(ScalarMatrix family) {
    int size = size();
    grow(size);
    for (int head = 0; head < call.heads(); head++) {
      ScalarMatrix.load(call.state, head, size, groupStarts);
      for (int from = 0; from < call.time; from += GROUP) {
        walk(family, head, from);
      }
      ScalarMatrix.load(call.dState, head, size, slope);
      for (int from = (call.time - 1) / GROUP * GROUP; from >= 0; from -= GROUP) {
        walk(family, head, from);
        for (int t = Math.min(call.time, from + GROUP) - 1; t >= from; t--) {
          back(family, head, from, t);
        }
      }
      if (call.dState != null) {
        ScalarMatrix.store(call.dState, head, size, slope);
      }
    }
  }

  private int size() {
    return call.shape.keyWidth() * call.shape.valueWidth();
  }

  /** Computes the states of a group into {@code cells}, the first being the one before it. */
  private void walk(ScalarMatrix family, int head, int from) {
    int size = size();
    System.arraycopy(groupStarts, from / GROUP * size, cells, 0, size);
    int to = Math.min(call.time, from + GROUP);
    for (int t = from; t < to; t++) {
      int next = (t - from + 1) * size;
      int line = (t - from) * call.shape.valueWidth();
      family.step(call.at(head, t), cells, before(head, from, t), next, asides, line);
    }
    if (to < call.time) {
      System.arraycopy(cells, (to - from) * size, groupStarts, to / GROUP * size, size);
    }
  }

  /** Where the state is that token {@code t} builds on: after a reset the one that stays zero. */
  private int before(int head, int from, int t) {
    return (call.resetsBefore(head, t) ? GROUP + 1 : t - from) * size();
  }

  private void back(ScalarMatrix family, int head, int from, int t) {
    long at = call.at(head, t);
    read(at, (t - from + 1) * size());
    int line = (t - from) * call.shape.valueWidth();
    family.back(at, cells, before(head, from, t), asides, line, slope);
    if (call.resetsBefore(head, t)) {
      Arrays.fill(slope, 0, size(), 0);
    }
  }

  private void read(long at, int after) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    double scale = call.shape.scale();
    for (int r = 0; r < rows; r++) {
      double query = scale * call.q.get(at * rows + r);
      double dq = 0;
      for (int c = 0; c < width; c++) {
        double dy = call.dy.get(at * width + c);
        slope[r * width + c] += query * dy;
        dq += scale * cells[after + r * width + c] * dy;
      }
      call.dq.set(at * rows + r, (float) dq);
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
    if (asides.length < GROUP * call.shape.valueWidth()) {
      asides = new double[GROUP * call.shape.valueWidth()];
    }
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    return 8L * (groupStarts.length + cells.length + asides.length + slope.length);
  }
}
