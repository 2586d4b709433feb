package dev.swax.runtime.kernel.optimizer;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.matmul.VectorMatmul;
import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Muon: one matrix after the other, its products and its passes over values shared by all threads.
 * The iteration runs on the shorter side: {@code x = (a I + b g + c g²) x} with {@code g = x xᵀ},
 * or {@code x (a I + b g + c g²)} with {@code g = xᵀ x}.
 */
public final class VectorMuon implements AutoCloseable {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Values of a row in the sense of {@link RowPartition}. */
  private static final int BLOCK = 1024;

  private final VectorMatmul matmul;
  private final RowPartition partition;
  private final RowTask momentumBlocks = this::momentumBlocks;
  private final RowTask shorten = this::shorten;
  private final RowTask polynomial = this::polynomial;
  private final RowTask updateBlocks = this::updateBlocks;

  /** Of what the workspace holds; replaced by a larger one where a matrix needs it. */
  private Arena arena = Arena.ofShared();

  private Tensor x = Tensor.allocate(arena, 0);
  private Tensor next = x;
  private Tensor gram = x;
  private Tensor square = x;
  private long largest;
  private long largestGram;
  private double[] sums = {};

  private MemorySegment weight = MemorySegment.NULL;
  private MemorySegment gradient = MemorySegment.NULL;
  private MemorySegment momentum = MemorySegment.NULL;
  private MemorySegment update = MemorySegment.NULL;
  private long start;
  private long length;
  private int side;
  private float keep;
  private float take;
  private boolean nesterov;
  private float gradientScale;
  private float shortening;
  private float decayed;
  private float stepSize;

  public VectorMuon(Team team, VectorMatmul matmul) {
    this.matmul = matmul;
    partition = new RowPartition(team);
  }

  /** One step of Muon; the formula is at {@link dev.swax.runtime.kernel.Kernels#muon}. */
  public void muon(
      Tensor weight,
      Tensor gradient,
      Tensor momentum,
      int matrices,
      int rows,
      int columns,
      MuonStep step) {
    length = (long) rows * columns;
    side = Math.min(rows, columns);
    grow(length, (long) side * side);
    this.weight = weight.segment();
    this.gradient = gradient.segment();
    this.momentum = momentum.segment();
    keep = (float) step.momentum();
    take = (float) (1 - step.momentum());
    nesterov = step.nesterov();
    gradientScale = (float) step.gradientScale();
    decayed = (float) (step.rate() * step.decay());
    stepSize = (float) (step.rate() * step.scale());
    for (int matrix = 0; matrix < matrices; matrix++) {
      start = 4L * matrix * length;
      update = x.segment();
      shortening = (float) (1 / Math.max(Math.sqrt(momentum()), MuonStep.SHORTEST));
      partition.run(blocks(length), shorten);
      for (int i = 0; i < step.iterations(); i++) {
        iterate(rows, columns);
      }
      update = x.segment();
      partition.run(blocks(length), updateBlocks);
    }
  }

  private static int blocks(long length) {
    return Math.toIntExact((length + BLOCK - 1) / BLOCK);
  }

  private void grow(long values, long gramValues) {
    if (values <= largest && gramValues <= largestGram) {
      return;
    }
    largest = Math.max(largest, values);
    largestGram = Math.max(largestGram, gramValues);
    arena.close();
    arena = Arena.ofShared();
    x = Tensor.allocate(arena, largest);
    next = Tensor.allocate(arena, largest);
    gram = Tensor.allocate(arena, largestGram);
    square = Tensor.allocate(arena, largestGram);
  }

  /** Bytes of workspace held now. */
  public long workspaceBytes() {
    return 2 * Float.BYTES * (largest + largestGram);
  }

  // Momentum -----------------------------------------------------------------------------------

  /** Moves the momentum, writes the update, and returns the sum of the update's squares. */
  private double momentum() {
    int count = RowPartition.parts(blocks(length));
    if (sums.length < count) {
      sums = new double[count];
    }
    Arrays.fill(sums, 0);
    partition.run(blocks(length), momentumBlocks);
    double sum = 0;
    for (int part = 0; part < count; part++) {
      sum += sums[part];
    }
    return sum;
  }

  private void momentumBlocks(int part, int from, int to) {
    long end = Math.min(length, (long) to * BLOCK);
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    FloatVector taken = FloatVector.broadcast(SPECIES, take);
    long i = (long) from * BLOCK;
    for (; i + LANES <= end; i += LANES) {
      long at = start + 4 * i;
      FloatVector g =
          FloatVector.fromMemorySegment(SPECIES, gradient, at, ORDER).mul(gradientScale);
      FloatVector m = FloatVector.fromMemorySegment(SPECIES, momentum, at, ORDER).mul(keep);
      m = g.fma(taken, m);
      FloatVector u = nesterov ? g.fma(taken, m.mul(keep)) : m;
      m.intoMemorySegment(momentum, at, ORDER);
      u.intoMemorySegment(update, 4 * i, ORDER);
      var u0 = (DoubleVector) u.convertShape(VectorOperators.F2D, DOUBLES, 0);
      var u1 = (DoubleVector) u.convertShape(VectorOperators.F2D, DOUBLES, 1);
      low = u0.fma(u0, low);
      high = u1.fma(u1, high);
    }
    DoubleVector both = low.add(high);
    double sum = 0;
    for (int lane = 0; lane < DOUBLES.length(); lane++) {
      sum += both.lane(lane);
    }
    for (; i < end; i++) {
      long at = start + 4 * i;
      float g = gradient.get(FLOAT, at) * gradientScale;
      float m = Math.fma(g, take, momentum.get(FLOAT, at) * keep);
      float u = nesterov ? Math.fma(g, take, m * keep) : m;
      momentum.set(FLOAT, at, m);
      update.set(FLOAT, 4 * i, u);
      sum += (double) u * u;
    }
    sums[part] = sum;
  }

  private void shorten(int part, int from, int to) {
    long end = Math.min(length, (long) to * BLOCK);
    long i = (long) from * BLOCK;
    for (; i + LANES <= end; i += LANES) {
      FloatVector.fromMemorySegment(SPECIES, update, 4 * i, ORDER)
          .mul(shortening)
          .intoMemorySegment(update, 4 * i, ORDER);
    }
    for (; i < end; i++) {
      update.set(FLOAT, 4 * i, update.get(FLOAT, 4 * i) * shortening);
    }
  }

  // Newton-Schulz ------------------------------------------------------------------------------

  private void iterate(int rows, int columns) {
    if (rows <= columns) {
      matmul.matmulTransposedRight(x, x, gram, rows, columns, rows, false);
    } else {
      matmul.matmulTransposedLeft(x, x, gram, columns, rows, columns, false);
    }
    matmul.matmul(gram, gram, square, side, side, side, false);
    partition.run(side, polynomial);
    if (rows <= columns) {
      matmul.matmul(gram, x, next, rows, rows, columns, false);
    } else {
      matmul.matmul(x, gram, next, rows, columns, columns, false);
    }
    Tensor last = x;
    x = next;
    next = last;
  }

  /** {@code gram = a I + b gram + c square}. */
  private void polynomial(int part, int from, int to) {
    MemorySegment g = gram.segment();
    MemorySegment s = square.segment();
    FloatVector c = FloatVector.broadcast(SPECIES, (float) MuonStep.C);
    for (int row = from; row < to; row++) {
      long at = 4L * row * side;
      int i = 0;
      for (; i < SPECIES.loopBound(side); i += LANES) {
        FloatVector once =
            FloatVector.fromMemorySegment(SPECIES, g, at + 4L * i, ORDER).mul((float) MuonStep.B);
        FloatVector.fromMemorySegment(SPECIES, s, at + 4L * i, ORDER)
            .fma(c, once)
            .intoMemorySegment(g, at + 4L * i, ORDER);
      }
      for (; i < side; i++) {
        float once = g.get(FLOAT, at + 4L * i) * (float) MuonStep.B;
        g.set(FLOAT, at + 4L * i, Math.fma(s.get(FLOAT, at + 4L * i), (float) MuonStep.C, once));
      }
      long own = at + 4L * row;
      g.set(FLOAT, own, g.get(FLOAT, own) + (float) MuonStep.A);
    }
  }

  // Weights ------------------------------------------------------------------------------------

  private void updateBlocks(int part, int from, int to) {
    long end = Math.min(length, (long) to * BLOCK);
    FloatVector decay = FloatVector.broadcast(SPECIES, decayed);
    long i = (long) from * BLOCK;
    for (; i + LANES <= end; i += LANES) {
      long at = start + 4 * i;
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, weight, at, ORDER);
      FloatVector o = FloatVector.fromMemorySegment(SPECIES, update, 4 * i, ORDER);
      w.sub(w.fma(decay, o.mul(stepSize))).intoMemorySegment(weight, at, ORDER);
    }
    for (; i < end; i++) {
      long at = start + 4 * i;
      float w = weight.get(FLOAT, at);
      weight.set(FLOAT, at, w - Math.fma(w, decayed, update.get(FLOAT, 4 * i) * stepSize));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
