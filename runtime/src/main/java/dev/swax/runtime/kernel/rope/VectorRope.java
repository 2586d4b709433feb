package dev.swax.runtime.kernel.rope;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** Rotary positions from a table of cosines and sines; same meaning as {@link ScalarRope}. */
public final class VectorRope {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);

  private final RowPartition partition;
  private final RowTask rotateRows = this::rotateRows;
  private final List<RopeTable> tables = new ArrayList<>();

  private RopeTable table = new RopeTable(Rotation.plain(0, 1));
  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment y = MemorySegment.NULL;
  private int time;
  private int heads;
  private long firstPosition;
  private float sign;

  public VectorRope(Team team) {
    partition = new RowPartition(team);
  }

  /** See {@link dev.swax.runtime.kernel.Kernels#rope}. */
  public void rope(
      Tensor x,
      Tensor y,
      int batch,
      int time,
      int heads,
      Rotation rotation,
      long firstPosition,
      boolean inverse) {
    table = table(rotation);
    table.cover(firstPosition, time);
    this.x = x.segment();
    this.y = y.segment();
    this.time = time;
    this.heads = heads;
    this.firstPosition = firstPosition;
    sign = inverse ? -1f : 1f;
    partition.run(batch * time, rotateRows);
  }

  private RopeTable table(Rotation rotation) {
    for (int i = 0; i < tables.size(); i++) {
      if (tables.get(i).rotation().equals(rotation)) {
        return tables.get(i);
      }
    }
    RopeTable created = new RopeTable(rotation);
    tables.add(created);
    return created;
  }

  private void rotateRows(int part, int from, int to) {
    Rotation rotation = table.rotation();
    int headWidth = rotation.headWidth();
    int columns = rotation.columns();
    boolean halves = rotation.pairs() == Rotation.Pairs.HALF;
    boolean copies = columns < headWidth && !x.equals(y);
    for (int t = from; t < to; t++) {
      int row = table.row(firstPosition + t % time);
      for (int h = 0; h < heads; h++) {
        long at = ((long) t * heads + h) * headWidth * Float.BYTES;
        if (halves) {
          rotateHalves(at, row, columns / 2);
        } else {
          rotate(at, row, columns);
        }
        if (copies) {
          long rest = at + (long) columns * Float.BYTES;
          MemorySegment.copy(x, rest, y, rest, (long) (headWidth - columns) * Float.BYTES);
        }
      }
    }
  }

  /** {@code y = a cos - b sin, a sin + b cos} with a and b the halves of the turned columns. */
  private void rotateHalves(long at, int row, int half) {
    float[] cosines = table.cosines();
    float[] sines = table.sines();
    long second = at + 4L * half;
    int bound = SPECIES.loopBound(half);
    int i = 0;
    for (; i < bound; i += LANES) {
      FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, at + 4L * i, ORDER);
      FloatVector b = FloatVector.fromMemorySegment(SPECIES, x, second + 4L * i, ORDER);
      FloatVector cosine = FloatVector.fromArray(SPECIES, cosines, row + i);
      FloatVector sine = FloatVector.fromArray(SPECIES, sines, row + i).mul(sign);
      a.fma(cosine, b.mul(sine).neg()).intoMemorySegment(y, at + 4L * i, ORDER);
      b.fma(cosine, a.mul(sine)).intoMemorySegment(y, second + 4L * i, ORDER);
    }
    for (; i < half; i++) {
      rotatePair(at + 4L * i, second + 4L * i, cosines[row + i], sines[row + i] * sign);
    }
  }

  /**
   * {@code y = x cos + swap(x) sin} over neighbours, where sin has the sign of its place in the
   * pair.
   */
  private void rotate(long at, int row, int columns) {
    float[] cosines = table.cosines();
    float[] sines = table.sines();
    int bound = SPECIES.loopBound(columns);
    int i = 0;
    for (; i < bound; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, at + 4L * i, ORDER);
      FloatVector sine = FloatVector.fromArray(SPECIES, sines, row + i).mul(sign);
      v.fma(FloatVector.fromArray(SPECIES, cosines, row + i), v.rearrange(SWAP).mul(sine))
          .intoMemorySegment(y, at + 4L * i, ORDER);
    }
    for (; i + 1 < columns; i += 2) {
      rotatePair(at + 4L * i, at + 4L * i + 4, cosines[row + i], sines[row + i + 1] * sign);
    }
  }

  private void rotatePair(long first, long second, float cosine, float sine) {
    float a = x.get(FLOAT, first);
    float b = x.get(FLOAT, second);
    y.set(FLOAT, first, Math.fma(a, cosine, -(b * sine)));
    y.set(FLOAT, second, Math.fma(b, cosine, a * sine));
  }

  public long workspaceBytes() {
    long bytes = 0;
    for (RopeTable each : tables) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
