package dev.swax.runtime.kernel.expert;

import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The gradient of the balance loss, token by token. */
final class BalanceGradient {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Team team;
  private final RowPartition partition;
  private final RowTask gradientRows = this::gradientRows;

  /** For each expert, what the loss grows by with its probability at a token. */
  private double[] slopes = {};

  /** Softmax of a token, for each thread. */
  private float[][] probabilities = {};

  private MemorySegment dy = MemorySegment.NULL;
  private MemorySegment logits = MemorySegment.NULL;
  private MemorySegment y = MemorySegment.NULL;
  private int experts;

  BalanceGradient(Team team) {
    this.team = team;
    partition = new RowPartition(team);
  }

  /** As {@link ExpertKernels#balanceGradient}. */
  void run(
      Tensor dy,
      Tensor logits,
      Tensor owners,
      Tensor y,
      double weight,
      int rows,
      int experts,
      int active) {
    this.dy = dy.segment();
    this.logits = logits.segment();
    this.y = y.segment();
    this.experts = experts;
    if (slopes.length < experts) {
      slopes = new double[experts];
      probabilities = new float[team.threads()][experts];
    }
    slopes(
        owners.segment(), (long) rows * active, weight * experts / ((double) rows * active * rows));
    partition.run(rows, gradientRows);
  }

  private void slopes(MemorySegment owners, long slots, double each) {
    for (int e = 0; e < experts; e++) {
      slopes[e] = 0;
    }
    for (long r = 0; r < slots; r++) {
      slopes[(int) owners.get(FLOAT, 4 * r)] += each;
    }
  }

  private void gradientRows(int part, int from, int to) {
    float[] p = probabilities[team.worker()];
    for (long t = from; t < to; t++) {
      long row = 4 * t * experts;
      float sum = exponentials(row, p);
      double mean = 0;
      for (int e = 0; e < experts; e++) {
        p[e] /= sum;
        mean += slopes[e] * p[e];
      }
      for (int e = 0; e < experts; e++) {
        long at = row + 4L * e;
        y.set(FLOAT, at, (float) (dy.get(FLOAT, at) + p[e] * (slopes[e] - mean)));
      }
    }
  }

  private float exponentials(long row, float[] p) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int e = 0; e < experts; e++) {
      largest = Math.max(largest, logits.get(FLOAT, row + 4L * e));
    }
    float sum = 0;
    for (int e = 0; e < experts; e++) {
      p[e] = VectorMath.exp(logits.get(FLOAT, row + 4L * e) - largest);
      sum += p[e];
    }
    return sum;
  }
}
