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

/** Rotary positions (Su et al. 2021) on adjacent pairs, from a table of cosines and sines. */
public final class VectorRope {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);

  private final RowPartition partition;
  private final RowTask rotateRows = this::rotateRows;
  private final List<RopeTable> tables = new ArrayList<>();

  private RopeTable table = new RopeTable(1, 0);
  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment y = MemorySegment.NULL;
  private int time;
  private int heads;
  private int headWidth;
  private long firstPosition;
  private float sign;

  public VectorRope(Team team) {
    partition = new RowPartition(team);
  }

  /**
   * {@code y = x cos + swap(x) sin} over pairs, where sin has the sign of its place in the pair;
   * backwards when {@code inverse}.
   */
  public void rope(
      Tensor x,
      Tensor y,
      int batch,
      int time,
      int heads,
      int headWidth,
      double theta,
      long firstPosition,
      boolean inverse) {
    table = table(theta, headWidth);
    table.cover(firstPosition, time);
    this.x = x.segment();
    this.y = y.segment();
    this.time = time;
    this.heads = heads;
    this.headWidth = headWidth;
    this.firstPosition = firstPosition;
    sign = inverse ? -1f : 1f;
    partition.run(batch * time, rotateRows);
  }

  private RopeTable table(double theta, int width) {
    for (int i = 0; i < tables.size(); i++) {
      if (tables.get(i).isFor(theta, width)) {
        return tables.get(i);
      }
    }
    RopeTable created = new RopeTable(theta, width);
    tables.add(created);
    return created;
  }

  private void rotateRows(int part, int from, int to) {
    for (int t = from; t < to; t++) {
      int row = table.row(firstPosition + t % time);
      for (int h = 0; h < heads; h++) {
        rotate(((long) t * heads + h) * headWidth * Float.BYTES, row);
      }
    }
  }

  private void rotate(long at, int row) {
    float[] cosines = table.cosines();
    float[] sines = table.sines();
    int bound = SPECIES.loopBound(headWidth);
    int i = 0;
    for (; i < bound; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, at + 4L * i, ORDER);
      FloatVector sine = FloatVector.fromArray(SPECIES, sines, row + i).mul(sign);
      v.fma(FloatVector.fromArray(SPECIES, cosines, row + i), v.rearrange(SWAP).mul(sine))
          .intoMemorySegment(y, at + 4L * i, ORDER);
    }
    for (; i + 1 < headWidth; i += 2) {
      float even = x.get(FLOAT, at + 4L * i);
      float odd = x.get(FLOAT, at + 4L * i + 4);
      float cosine = cosines[row + i];
      float sine = sines[row + i + 1] * sign;
      y.set(FLOAT, at + 4L * i, Math.fma(even, cosine, -(odd * sine)));
      y.set(FLOAT, at + 4L * i + 4, Math.fma(odd, cosine, even * sine));
    }
  }

  public long workspaceBytes() {
    long bytes = 0;
    for (RopeTable each : tables) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
