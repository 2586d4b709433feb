package dev.swax.runtime.kernel.expert;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.matmul.ExpertMatmul;
import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** Kernels of experts on all threads: tokens are shared, and rows of what belongs to experts. */
public final class VectorExperts implements ExpertKernels {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();

  /** Columns of a part of a gradient of rows of experts. */
  private static final int COLUMN_BLOCK = 64;

  private final Team team;
  private final RowPartition partition;
  private final ExpertMatmul matmul;
  private final ChooseExperts choice;
  private final BalanceGradient balance;
  private final RowTask pickRows = this::pickRows;
  private final RowTask scatterRows = this::scatterRows;
  private final RowTask dispatchRows = this::dispatchRows;
  private final RowTask combineRows = this::combineRows;
  private final RowTask dotRows = this::dotRows;
  private final RowTask ownerRows = this::ownerRows;
  private final Task ownerColumns = this::ownerColumns;

  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment y = MemorySegment.NULL;
  private MemorySegment order = MemorySegment.NULL;
  private MemorySegment weights = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private boolean weighted;
  private int active;
  private int width;
  private int slots;

  public VectorExperts(Team team, ExpertMatmul matmul) {
    this.team = team;
    this.matmul = matmul;
    partition = new RowPartition(team);
    choice = new ChooseExperts(team);
    balance = new BalanceGradient(team);
  }

  @Override
  public void choose(
      Tensor scores, Tensor chosen, Tensor places, Tensor owners, int rows, ChoiceShape choice) {
    this.choice.run(scores, chosen, places, owners, rows, choice);
  }

  @Override
  public void balanceGradient(
      Tensor dy,
      Tensor logits,
      Tensor owners,
      Tensor y,
      double weight,
      int rows,
      int experts,
      int active) {
    balance.run(dy, logits, owners, y, weight, rows, experts, active);
  }

  // Weights of slots ---------------------------------------------------------------------------

  @Override
  public void pick(Tensor x, Tensor chosen, Tensor y, int rows, int experts, int active) {
    set(x, y, chosen, active, experts);
    partition.run(rows, pickRows);
  }

  private void pickRows(int part, int from, int to) {
    for (long t = from; t < to; t++) {
      for (int a = 0; a < active; a++) {
        long slot = 4 * (t * active + a);
        long expert = (long) order.get(FLOAT, slot);
        y.set(FLOAT, slot, x.get(FLOAT, 4 * (t * width + expert)));
      }
    }
  }

  @Override
  public void pickGradient(Tensor dy, Tensor chosen, Tensor dx, int rows, int experts, int active) {
    set(dx, dy, chosen, active, experts);
    partition.run(rows, scatterRows);
  }

  private void scatterRows(int part, int from, int to) {
    for (long t = from; t < to; t++) {
      clear(x, 4 * t * width, width);
      for (int a = 0; a < active; a++) {
        long slot = 4 * (t * active + a);
        long expert = (long) order.get(FLOAT, slot);
        x.set(FLOAT, 4 * (t * width + expert), y.get(FLOAT, slot));
      }
    }
  }

  // Tokens to rows and back --------------------------------------------------------------------

  @Override
  public void dispatch(Tensor x, Tensor places, Tensor y, int rows, int active, int width) {
    set(x, y, places, active, width);
    weighted = false;
    partition.run(rows, dispatchRows);
  }

  @Override
  public void dispatchWeighted(
      Tensor x, Tensor places, Tensor weights, Tensor y, int rows, int active, int width) {
    set(x, y, places, active, width);
    weigh(weights);
    partition.run(rows, dispatchRows);
  }

  private void dispatchRows(int part, int from, int to) {
    long bytes = 4L * width;
    for (long t = from; t < to; t++) {
      for (int a = 0; a < active; a++) {
        long slot = 4 * (t * active + a);
        long row = (long) order.get(FLOAT, slot) * bytes;
        if (weighted) {
          scale(weights.get(FLOAT, slot), t * bytes, row);
        } else {
          MemorySegment.copy(x, t * bytes, y, row, bytes);
        }
      }
    }
  }

  /** {@code y[to..] = factor x[from..]}; offsets in bytes. */
  private void scale(float factor, long from, long to) {
    int bound = SPECIES.loopBound(width);
    int c = 0;
    for (; c < bound; c += LANES) {
      load(x, from + 4L * c).mul(factor).intoMemorySegment(y, to + 4L * c, ORDER);
    }
    for (; c < width; c++) {
      y.set(FLOAT, to + 4L * c, factor * x.get(FLOAT, from + 4L * c));
    }
  }

  @Override
  public void combine(Tensor y, Tensor places, Tensor x, int rows, int active, int width) {
    set(x, y, places, active, width);
    weighted = false;
    partition.run(rows, combineRows);
  }

  @Override
  public void combineWeighted(
      Tensor y, Tensor places, Tensor weights, Tensor x, int rows, int active, int width) {
    set(x, y, places, active, width);
    weigh(weights);
    partition.run(rows, combineRows);
  }

  private void combineRows(int part, int from, int to) {
    for (long t = from; t < to; t++) {
      clear(x, 4 * t * width, width);
      for (int a = 0; a < active; a++) {
        long slot = 4 * (t * active + a);
        float factor = weighted ? weights.get(FLOAT, slot) : 1f;
        addScaled(factor, 4 * (long) order.get(FLOAT, slot) * width, 4 * t * width);
      }
    }
  }

  /** {@code x[to..] += factor y[from..]}; offsets in bytes. */
  private void addScaled(float factor, long from, long to) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int bound = SPECIES.loopBound(width);
    int c = 0;
    for (; c < bound; c += LANES) {
      factors
          .fma(load(y, from + 4L * c), load(x, to + 4L * c))
          .intoMemorySegment(x, to + 4L * c, ORDER);
    }
    for (; c < width; c++) {
      long at = to + 4L * c;
      x.set(FLOAT, at, Math.fma(factor, y.get(FLOAT, from + 4L * c), x.get(FLOAT, at)));
    }
  }

  @Override
  public void slotDots(
      Tensor x, Tensor y, Tensor places, Tensor out, int rows, int active, int width) {
    set(x, y, places, active, width);
    this.out = out.segment();
    partition.run(rows, dotRows);
  }

  private void dotRows(int part, int from, int to) {
    for (long t = from; t < to; t++) {
      for (int a = 0; a < active; a++) {
        long slot = 4 * (t * active + a);
        long row = 4 * (long) order.get(FLOAT, slot) * width;
        out.set(FLOAT, slot, dot(4 * t * width, row));
      }
    }
  }

  private float dot(long xAt, long yAt) {
    FloatVector lanes = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(width);
    int c = 0;
    for (; c < bound; c += LANES) {
      lanes = load(x, xAt + 4L * c).fma(load(y, yAt + 4L * c), lanes);
    }
    float sum = VectorMath.sum(lanes);
    for (; c < width; c++) {
      sum = Math.fma(x.get(FLOAT, xAt + 4L * c), y.get(FLOAT, yAt + 4L * c), sum);
    }
    return sum;
  }

  // Products -----------------------------------------------------------------------------------

  @Override
  public void matmul(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts) {
    matmul.plain(a, b, owners, c, slots, k, n, experts);
  }

  @Override
  public void matmulTransposedRight(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts) {
    matmul.transposedRight(a, b, owners, c, slots, k, n, experts);
  }

  @Override
  public void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int m, int n, int experts) {
    matmul.transposedLeft(a, b, owners, c, slots, m, n, experts);
  }

  // A row for each expert ----------------------------------------------------------------------

  @Override
  public void rows(Tensor table, Tensor owners, Tensor y, int slots, int width) {
    set(table, y, owners, 1, width);
    partition.run(slots, ownerRows);
  }

  private void ownerRows(int part, int from, int to) {
    long bytes = 4L * width;
    for (long r = from; r < to; r++) {
      MemorySegment.copy(x, (long) order.get(FLOAT, 4 * r) * bytes, y, r * bytes, bytes);
    }
  }

  @Override
  public void rowsGradient(
      Tensor dy, Tensor owners, Tensor dTable, int slots, int width, int experts) {
    set(dTable, dy, owners, 1, width);
    this.slots = slots;
    team.run(ownerColumns, (width + COLUMN_BLOCK - 1) / COLUMN_BLOCK);
  }

  private void ownerColumns(int part) {
    int first = part * COLUMN_BLOCK;
    int last = Math.min(width, first + COLUMN_BLOCK);
    for (long r = 0; r < slots; r++) {
      long from = 4 * r * width;
      long to = 4 * (long) order.get(FLOAT, 4 * r) * width;
      add(from, to, first, last);
    }
  }

  /** {@code x[to + c] += y[from + c]} for the columns {@code first .. last}. */
  private void add(long from, long to, int first, int last) {
    int c = first;
    for (; c + LANES <= last; c += LANES) {
      load(x, to + 4L * c).add(load(y, from + 4L * c)).intoMemorySegment(x, to + 4L * c, ORDER);
    }
    for (; c < last; c++) {
      x.set(FLOAT, to + 4L * c, x.get(FLOAT, to + 4L * c) + y.get(FLOAT, from + 4L * c));
    }
  }

  private void set(Tensor x, Tensor y, Tensor order, int active, int width) {
    this.x = x.segment();
    this.y = y.segment();
    this.order = order.segment();
    this.active = active;
    this.width = width;
  }

  private void weigh(Tensor weights) {
    weighted = true;
    this.weights = weights.segment();
  }

  private static void clear(MemorySegment to, long at, int count) {
    int bound = SPECIES.loopBound(count);
    int c = 0;
    for (; c < bound; c += LANES) {
      FloatVector.zero(SPECIES).intoMemorySegment(to, at + 4L * c, ORDER);
    }
    for (; c < count; c++) {
      to.set(FLOAT, at + 4L * c, 0f);
    }
  }

  private static FloatVector load(MemorySegment from, long at) {
    return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER);
  }
}
