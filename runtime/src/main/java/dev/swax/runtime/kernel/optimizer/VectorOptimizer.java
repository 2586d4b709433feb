package dev.swax.runtime.kernel.optimizer;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.row.RowPartition;
import dev.swax.runtime.kernel.row.RowTask;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Norm of gradients, and AdamW; threads share blocks of values. */
public final class VectorOptimizer {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Values of a row in the sense of {@link RowPartition}. */
  private static final int BLOCK = 1024;

  private final Team team;
  private final RowPartition partition;
  private final RowTask squareBlocks = this::squareBlocks;
  private final RowTask updateBlocks = this::updateBlocks;
  private final Task addBlock = this::addBlock;
  private double[] sums = {};

  private MemorySegment weight = MemorySegment.NULL;
  private MemorySegment gradient = MemorySegment.NULL;
  private MemorySegment first = MemorySegment.NULL;
  private MemorySegment second = MemorySegment.NULL;
  private int parts;
  private long length;
  private float keep1;
  private float take1;
  private float keep2;
  private float take2;
  private float decayed;
  private float stepSize;
  private float rootScale;
  private float epsilon;
  private float gradientScale;

  public VectorOptimizer(Team team) {
    this.team = team;
    partition = new RowPartition(team);
  }

  private static int blocks(long length) {
    return Math.toIntExact((length + BLOCK - 1) / BLOCK);
  }

  // Sums ---------------------------------------------------------------------------------------

  /** {@code out[c] += sum over parts of partial[part, c]}, in the order of the parts. */
  public void addParts(Tensor partial, int parts, int columns, Tensor out) {
    gradient = partial.segment();
    weight = out.segment();
    this.parts = parts;
    length = columns;
    team.run(addBlock, blocks(columns));
  }

  private void addBlock(int block) {
    long to = Math.min(length, (block + 1L) * BLOCK);
    long c = (long) block * BLOCK;
    for (; c + LANES <= to; c += LANES) {
      FloatVector sum = FloatVector.fromMemorySegment(SPECIES, weight, 4 * c, ORDER);
      for (int part = 0; part < parts; part++) {
        long at = 4 * (part * length + c);
        sum = sum.add(FloatVector.fromMemorySegment(SPECIES, gradient, at, ORDER));
      }
      sum.intoMemorySegment(weight, 4 * c, ORDER);
    }
    for (; c < to; c++) {
      float sum = weight.get(FLOAT, 4 * c);
      for (int part = 0; part < parts; part++) {
        sum += gradient.get(FLOAT, 4 * (part * length + c));
      }
      weight.set(FLOAT, 4 * c, sum);
    }
  }

  /** {@code Σ x²} in double: lanes within a part, then parts, in order. */
  public double sumOfSquares(Tensor x) {
    gradient = x.segment();
    length = x.length();
    int count = RowPartition.parts(blocks(length));
    if (sums.length < count) {
      sums = new double[count];
    }
    Arrays.fill(sums, 0);
    partition.run(blocks(length), squareBlocks);
    double sum = 0;
    for (int part = 0; part < count; part++) {
      sum += sums[part];
    }
    return sum;
  }

  private void squareBlocks(int part, int from, int to) {
    long end = Math.min(length, (long) to * BLOCK);
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    long i = (long) from * BLOCK;
    for (; i + LANES <= end; i += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, gradient, 4 * i, ORDER);
      var x0 = (DoubleVector) x.convertShape(VectorOperators.F2D, DOUBLES, 0);
      var x1 = (DoubleVector) x.convertShape(VectorOperators.F2D, DOUBLES, 1);
      low = x0.fma(x0, low);
      high = x1.fma(x1, high);
    }
    DoubleVector both = low.add(high);
    double sum = 0;
    for (int lane = 0; lane < DOUBLES.length(); lane++) {
      sum += both.lane(lane);
    }
    for (; i < end; i++) {
      double x = gradient.get(FLOAT, 4 * i);
      sum += x * x;
    }
    sums[part] = sum;
  }

  // AdamW --------------------------------------------------------------------------------------

  /** One step of AdamW; the formula is at {@link dev.swax.runtime.kernel.Kernels#adamw}. */
  public void adamw(Tensor weight, Tensor gradient, Tensor first, Tensor second, AdamWStep step) {
    this.weight = weight.segment();
    this.gradient = gradient.segment();
    this.first = first.segment();
    this.second = second.segment();
    length = weight.length();
    keep1 = (float) step.beta1();
    take1 = (float) (1 - step.beta1());
    keep2 = (float) step.beta2();
    take2 = (float) (1 - step.beta2());
    decayed = (float) (step.rate() * step.decay());
    stepSize = (float) (step.rate() / (1 - StrictMath.pow(step.beta1(), step.step())));
    rootScale = (float) (1 / Math.sqrt(1 - StrictMath.pow(step.beta2(), step.step())));
    epsilon = (float) step.epsilon();
    gradientScale = (float) step.gradientScale();
    partition.run(blocks(length), updateBlocks);
  }

  private void updateBlocks(int part, int from, int to) {
    long end = Math.min(length, (long) to * BLOCK);
    long i = (long) from * BLOCK;
    for (; i + LANES <= end; i += LANES) {
      long at = 4 * i;
      FloatVector g =
          FloatVector.fromMemorySegment(SPECIES, gradient, at, ORDER).mul(gradientScale);
      FloatVector m = FloatVector.fromMemorySegment(SPECIES, first, at, ORDER).mul(keep1);
      m = g.fma(FloatVector.broadcast(SPECIES, take1), m);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, second, at, ORDER).mul(keep2);
      v = g.mul(g).fma(FloatVector.broadcast(SPECIES, take2), v);
      FloatVector divisor = v.lanewise(VectorOperators.SQRT).mul(rootScale).add(epsilon);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, weight, at, ORDER);
      FloatVector change =
          w.fma(FloatVector.broadcast(SPECIES, decayed), m.mul(stepSize).div(divisor));
      m.intoMemorySegment(first, at, ORDER);
      v.intoMemorySegment(second, at, ORDER);
      w.sub(change).intoMemorySegment(weight, at, ORDER);
    }
    for (; i < end; i++) {
      updateOne(4 * i);
    }
  }

  private void updateOne(long at) {
    float g = gradient.get(FLOAT, at) * gradientScale;
    float m = Math.fma(g, take1, first.get(FLOAT, at) * keep1);
    float v = Math.fma(g * g, take2, second.get(FLOAT, at) * keep2);
    float divisor = (float) Math.sqrt(v) * rootScale + epsilon;
    first.set(FLOAT, at, m);
    second.set(FLOAT, at, v);
    float w = weight.get(FLOAT, at);
    weight.set(FLOAT, at, w - Math.fma(w, decayed, m * stepSize / divisor));
  }
}
