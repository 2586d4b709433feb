package dev.swax.benchmarks;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Our matrix products beside OpenBLAS's on the shapes of training. Arguments: threads (default: all
 * processors), seconds a shape (default 2), {@code both} or {@code swax} or {@code openblas} for
 * that side alone, which is how to compare several threads, and the name of a list of {@link
 * ProductShape}s (default {@code mixed}). OpenBLAS picks its kernels by the processor; {@code
 * OPENBLAS_CORETYPE} in the environment overrides that.
 */
public final class MatmulBenchmark {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  private MatmulBenchmark() {}

  public static void main(String[] arguments) {
    int threads =
        arguments.length > 0
            ? Integer.parseInt(arguments[0])
            : Runtime.getRuntime().availableProcessors();
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 2;
    String side = arguments.length > 2 ? arguments[2] : "both";
    List<ProductShape> shapes = ProductShape.list(arguments.length > 3 ? arguments[3] : "mixed");
    openblas.blas_set_num_threads(threads);
    double peak = PeakProbe.measure(threads);
    System.out.printf(Locale.ROOT, "%d threads, fma peak %.0f GFLOP/s%n%n", threads, peak);
    if (!side.equals("both")) {
      alone(shapes, threads, side.equals("swax"), seconds);
      return;
    }
    System.out.println("| shape | ours best/median | of peak | OpenBLAS best/median | ratio |");
    System.out.println("|---|---|---|---|---|");
    try (var kernels = new VectorKernels(threads)) {
      double worst = Double.MAX_VALUE;
      double logarithms = 0;
      for (ProductShape shape : shapes) {
        Pair rates = measure(kernels, shape, seconds, threads == 1);
        print(shape, rates, peak);
        double ratio = rates.ourMedian() / rates.theirMedian();
        worst = Math.min(worst, ratio);
        logarithms += Math.log(ratio);
      }
      System.out.printf(
          Locale.ROOT,
          "%nMedians over OpenBLAS's: %.2f in geometric mean, %.2f at worst%n",
          Math.exp(logarithms / shapes.size()),
          worst);
    }
  }

  private static void alone(List<ProductShape> shapes, int threads, boolean ours, double seconds) {
    try (var kernels = new VectorKernels(threads)) {
      for (ProductShape shape : shapes) {
        try (Arena arena = Arena.ofShared()) {
          Tensor a = random(arena, (long) shape.m() * shape.k(), 1);
          Tensor b = random(arena, (long) shape.k() * shape.n(), 2);
          Tensor c = Tensor.allocate(arena, (long) shape.m() * shape.n());
          FloatPointer pointerA = pointer(a);
          FloatPointer pointerB = pointer(b);
          FloatPointer pointerC = pointer(c);
          double[] rates =
              Pair.alone(
                  shape.operations(),
                  ours
                      ? () -> multiply(kernels, shape, a, b, c)
                      : () -> multiply(shape, pointerA, pointerB, pointerC),
                  seconds);
          System.out.printf(
              Locale.ROOT,
              "%s M%d K%d N%d\t%.0f\t%.0f%n",
              shape.kind(),
              shape.m(),
              shape.k(),
              shape.n(),
              rates[0],
              rates[1]);
        }
      }
    }
  }

  private static void print(ProductShape shape, Pair rates, double peak) {
    System.out.printf(
        Locale.ROOT,
        "| %s M%d K%d N%d | %.0f/%.0f | %.0f %% | %.0f/%.0f | %.2f/%.2f |%n",
        shape.kind(),
        shape.m(),
        shape.k(),
        shape.n(),
        rates.ourBest(),
        rates.ourMedian(),
        100 * rates.ourBest() / peak,
        rates.theirBest(),
        rates.theirMedian(),
        rates.ourBest() / rates.theirBest(),
        rates.ourMedian() / rates.theirMedian());
  }

  private static Pair measure(Kernels kernels, ProductShape shape, double seconds, boolean alone) {
    try (Arena arena = Arena.ofShared()) {
      Tensor a = random(arena, (long) shape.m() * shape.k(), 1);
      Tensor b = random(arena, (long) shape.k() * shape.n(), 2);
      Tensor ours = Tensor.allocate(arena, (long) shape.m() * shape.n());
      Tensor theirs = Tensor.allocate(arena, (long) shape.m() * shape.n());
      FloatPointer pointerA = pointer(a);
      FloatPointer pointerB = pointer(b);
      FloatPointer pointerC = pointer(theirs);
      Pair rates =
          Pair.measure(
              shape.operations(),
              () -> multiply(kernels, shape, a, b, ours),
              () -> multiply(shape, pointerA, pointerB, pointerC),
              seconds,
              alone);
      check(shape, ours, theirs);
      return rates;
    }
  }

  private static void multiply(Kernels kernels, ProductShape s, Tensor a, Tensor b, Tensor c) {
    switch (s.kind()) {
      case NN -> kernels.matmul(a, b, c, s.m(), s.k(), s.n(), false);
      case NT -> kernels.matmulTransposedRight(a, b, c, s.m(), s.k(), s.n(), false);
      case TN -> kernels.matmulTransposedLeft(a, b, c, s.m(), s.k(), s.n(), false);
    }
  }

  private static void multiply(ProductShape s, FloatPointer a, FloatPointer b, FloatPointer c) {
    int left = s.kind() == ProductShape.Kind.TN ? TRANSPOSED : PLAIN;
    int right = s.kind() == ProductShape.Kind.NT ? TRANSPOSED : PLAIN;
    int leftStride = s.kind() == ProductShape.Kind.TN ? s.m() : s.k();
    int rightStride = s.kind() == ProductShape.Kind.NT ? s.k() : s.n();
    openblas.cblas_sgemm(
        ROW_MAJOR,
        left,
        right,
        s.m(),
        s.n(),
        s.k(),
        1f,
        a,
        leftStride,
        b,
        rightStride,
        0f,
        c,
        s.n());
  }

  /** Two sums of k products in another order differ by a few roundings each. */
  private static void check(ProductShape shape, Tensor ours, Tensor theirs) {
    double tolerance = Math.ulp(1f) * shape.k();
    for (long i = 0; i < ours.length(); i++) {
      double difference = Math.abs((double) ours.get(i) - theirs.get(i));
      if (!(difference <= tolerance)) {
        throw new IllegalStateException(
            "%s differs at %d: %s and %s".formatted(shape, i, ours.get(i), theirs.get(i)));
      }
    }
  }

  private static Tensor random(Arena arena, long length, long seed) {
    var random = new SplittableRandom(seed);
    Tensor tensor = Tensor.allocate(arena, length);
    for (long i = 0; i < length; i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }

  private static FloatPointer pointer(Tensor tensor) {
    return new FloatPointer(
        new Pointer() {
          {
            address = tensor.segment().address();
          }
        });
  }
}
