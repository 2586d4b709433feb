package dev.swax.runtime.kernel;

import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import jdk.incubator.vector.FloatVector;

/** Prints a checksum of what the vector kernels compute; run by {@link KernelBitsTest}. */
final class KernelBits {
  private static final int TIME = 70;
  private static final List<RecurrenceShape> SHAPES =
      List.of(
          new MemoryShape(1, 5, 9, 0.5f, Normalizer.MAX_ABS_ONE, true, true),
          new DeltaShape(1, 5, 9, 0.5f, true),
          new GlaShape(1, 5, 9, 0.5f),
          new DplrShape(1, 5, 9, 0.5f),
          new ColumnsShape(1, 5, 9, 0.5f),
          new UpdatesShape(new DeltaShape(1, 5, 9, 0.5f, true), 2),
          new ScanShape(1, 9),
          new ConvShape(9, 3));

  private final CRC32 sum = new CRC32();

  private KernelBits() {}

  /** The first argument is how often everything is computed; the last time counts. */
  public static void main(String[] arguments) {
    long value = 0;
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      var bits = new KernelBits();
      bits.functions();
      bits.kernels();
      value = bits.sum.getValue();
    }
    System.out.println(value);
  }

  private void functions() {
    float[] x = new float[VectorMath.SPECIES.length()];
    for (float from = -100; from < 100; from += 0.37f) {
      for (int i = 0; i < x.length; i++) {
        x[i] = from + 0.01f * i;
      }
      FloatVector v = FloatVector.fromArray(VectorMath.SPECIES, x, 0);
      add(VectorMath.exp(v));
      add(VectorMath.log(v.abs()));
      add(VectorMath.log1p(v.abs()));
      add(VectorMath.tanh(v));
      add(VectorMath.sigmoid(v));
      add(VectorMath.silu(v));
      add(VectorMath.expMinusOne(v));
      add(VectorMath.softplus(v));
      add(VectorMath.logSigmoid(v));
      add(VectorMath.gelu(v));
      add(VectorMath.erf(v));
      add(Float.floatToIntBits(VectorMath.sum(v)));
      add(Float.floatToIntBits(VectorMath.max(v)));
    }
  }

  private void kernels() {
    try (var kernels = new VectorKernels(2)) {
      Tensor a = Values.random(20 * 70, 1);
      Tensor b = Values.random(70 * 40, 2);
      Tensor c = Values.zeros(20 * 40);
      kernels.matmul(a, b, c, 20, 70, 40, false);
      add(c);
      kernels.matmulTransposedRight(a, b, c, 20, 70, 40, true);
      add(c);
      kernels.matmulTransposedLeft(a, b, c, 20, 70, 40, true);
      add(c);
      kernels.matmul(a, b, c, 1, 70, 40, true);
      kernels.matmulTransposedRight(a, b, c, 1, 70, 40, true);
      add(c);
      int[] targets = new int[20];
      Arrays.setAll(targets, i -> i);
      Tensor losses = Values.zeros(20);
      Tensor logSumExp = Values.zeros(20);
      kernels.crossEntropy(a, targets, losses, logSumExp, 20, 70);
      add(losses);
      kernels.crossEntropyGradient(a, targets, logSumExp, a, 0.5f, 0, 20, 70);
      add(a);
      kernels.rope(b, b, 2, 10, 2, Rotation.plain(20, 10_000), 7, false);
      add(b);
      add(Long.hashCode(Double.doubleToLongBits(kernels.sumOfSquares(b))));
      Tensor first = Values.zeros(20 * 70);
      Tensor second = Values.zeros(20 * 70);
      Tensor w = Values.random(20 * 70, 4);
      kernels.adamw(w, a, first, second, new AdamWStep(1e-2, 0.9, 0.95, 1e-8, 0.1, 0.7, 3));
      add(w);
      SHAPES.forEach(shape -> recurrence(kernels, shape));
    }
  }

  /** Over more than a chunk, and back. */
  private void recurrence(Kernels kernels, RecurrenceShape shape) {
    List<Tensor> operands = shape.operands().stream().map(name -> operand(shape, name)).toList();
    List<Tensor> results =
        shape.results().stream()
            .map(name -> Values.zeros((long) TIME * shape.columns(name)))
            .toList();
    kernels.recurrence(call(shape, operands, results));
    add(results.getFirst());
    List<Tensor> gradients = operands.stream().map(x -> Values.zeros(x.length())).toList();
    Tensor dy = Values.random(results.getFirst().length(), 5);
    kernels.recurrenceGradient(
        new RecurrenceGradientCall(call(shape, operands, results), dy, gradients, List.of()));
    gradients.forEach(this::add);
  }

  /** From the empty states. */
  private static RecurrenceCall call(
      RecurrenceShape shape, List<Tensor> operands, List<Tensor> results) {
    List<Tensor> states =
        shape.states().stream().map(name -> Values.zeros(shape.columns(name))).toList();
    return new RecurrenceCall(shape, operands, results, states, 1, TIME, null);
  }

  /** From -0.2 to 0, as the logarithm of a decay is. */
  private static Tensor operand(RecurrenceShape shape, String name) {
    int rows = shape.parameters().contains(name) ? shape.rows(name) : TIME;
    Tensor x = Values.random((long) rows * shape.columns(name), name.hashCode());
    for (long i = 0; i < x.length(); i++) {
      x.set(i, 0.1f * (x.get(i) - 1));
    }
    return x;
  }

  private void add(FloatVector x) {
    for (int i = 0; i < x.length(); i++) {
      add(Float.floatToIntBits(x.lane(i)));
    }
  }

  private void add(Tensor x) {
    for (long i = 0; i < x.length(); i++) {
      add(Float.floatToIntBits(x.get(i)));
    }
  }

  private void add(int bits) {
    for (int shift = 0; shift < 32; shift += 8) {
      sum.update(bits >> shift);
    }
  }
}
