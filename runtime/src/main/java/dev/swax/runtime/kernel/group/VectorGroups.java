package dev.swax.runtime.kernel.group;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** Groups of columns, on all threads. */
public final class VectorGroups {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();

  private final RowPartition partition;
  private final RowTask repeatRows = this::repeatRows;
  private final RowTask copyRows = this::copyRows;
  private final RowTask sumRows = this::sumRows;
  private final RowTask softmaxRows = this::softmaxRows;

  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment y = MemorySegment.NULL;
  private int groups;
  private int times;
  private long size;

  // In bytes: where columns that are copied come from, and where they go.
  private long fromWidth;
  private long fromColumn;
  private long toWidth;
  private long toColumn;

  public VectorGroups(Team team) {
    partition = new RowPartition(team);
  }

  /** {@code y[row, g, t, c] = x[row, g, c]} for each of so many times t. */
  public void repeat(Tensor x, Tensor y, int rows, int groups, int times, int width) {
    set(x, y, groups, times, width);
    partition.run(rows, repeatRows);
  }

  /** {@code y[row, g, yFrom + c] = x[row, g, xFrom + c]}. */
  public void copyColumns(
      Tensor x,
      Tensor y,
      int rows,
      int groups,
      int xWidth,
      int xFrom,
      int yWidth,
      int yFrom,
      int columns) {
    set(x, y, groups, 1, columns);
    fromWidth = (long) xWidth * Float.BYTES;
    fromColumn = (long) xFrom * Float.BYTES;
    toWidth = (long) yWidth * Float.BYTES;
    toColumn = (long) yFrom * Float.BYTES;
    partition.run(rows, copyRows);
  }

  /** {@code y[row, g, c] = sum over t of x[row, g, t, c]}. */
  public void sumRepeats(Tensor x, Tensor y, int rows, int groups, int times, int width) {
    set(x, y, groups, times, width);
    partition.run(rows, sumRows);
  }

  /** {@code y[row, g] = softmax(x[row, g])}. */
  public void softmax(Tensor x, Tensor y, int rows, int groups, int width) {
    set(x, y, groups, 1, width);
    partition.run(rows, softmaxRows);
  }

  private void set(Tensor from, Tensor to, int ofRow, int ofGroup, int width) {
    x = from.segment();
    y = to.segment();
    groups = ofRow;
    times = ofGroup;
    size = (long) width * Float.BYTES;
  }

  private void repeatRows(int part, int from, int to) {
    for (long group = (long) from * groups; group < (long) to * groups; group++) {
      for (long t = 0; t < times; t++) {
        MemorySegment.copy(x, group * size, y, (group * times + t) * size, size);
      }
    }
  }

  private void copyRows(int part, int from, int to) {
    for (long group = (long) from * groups; group < (long) to * groups; group++) {
      MemorySegment.copy(x, group * fromWidth + fromColumn, y, group * toWidth + toColumn, size);
    }
  }

  private void sumRows(int part, int from, int to) {
    for (long group = (long) from * groups; group < (long) to * groups; group++) {
      sum(group * times * size, group * size);
    }
  }

  private void sum(long from, long to) {
    long step = (long) LANES * Float.BYTES;
    long at = 0;
    for (; at + step <= size; at += step) {
      FloatVector sum = FloatVector.fromMemorySegment(SPECIES, x, from + at, ORDER);
      for (long t = 1; t < times; t++) {
        sum = sum.add(FloatVector.fromMemorySegment(SPECIES, x, from + t * size + at, ORDER));
      }
      sum.intoMemorySegment(y, to + at, ORDER);
    }
    for (; at < size; at += Float.BYTES) {
      float sum = x.get(FLOAT, from + at);
      for (long t = 1; t < times; t++) {
        sum += x.get(FLOAT, from + t * size + at);
      }
      y.set(FLOAT, to + at, sum);
    }
  }

  private void softmaxRows(int part, int from, int to) {
    for (long group = (long) from * groups; group < (long) to * groups; group++) {
      long at = group * size;
      divide(at, exponentials(at, largest(at)));
    }
  }

  private float largest(long from) {
    float largest = Float.NEGATIVE_INFINITY;
    for (long at = from; at < from + size; at += Float.BYTES) {
      largest = Math.max(largest, x.get(FLOAT, at));
    }
    return largest;
  }

  /** Writes {@code e^(x - largest)}; returns the sum. */
  private float exponentials(long from, float largest) {
    long step = (long) LANES * Float.BYTES;
    long end = from + size;
    FloatVector sums = FloatVector.zero(SPECIES);
    long at = from;
    for (; at + step <= end; at += step) {
      FloatVector e =
          VectorMath.exp(FloatVector.fromMemorySegment(SPECIES, x, at, ORDER).sub(largest));
      e.intoMemorySegment(y, at, ORDER);
      sums = sums.add(e);
    }
    float sum = VectorMath.sum(sums);
    for (; at < end; at += Float.BYTES) {
      float e = VectorMath.exp(x.get(FLOAT, at) - largest);
      y.set(FLOAT, at, e);
      sum += e;
    }
    return sum;
  }

  private void divide(long from, float by) {
    long step = (long) LANES * Float.BYTES;
    long end = from + size;
    long at = from;
    for (; at + step <= end; at += step) {
      FloatVector.fromMemorySegment(SPECIES, y, at, ORDER).div(by).intoMemorySegment(y, at, ORDER);
    }
    for (; at < end; at += Float.BYTES) {
      y.set(FLOAT, at, y.get(FLOAT, at) / by);
    }
  }
}
