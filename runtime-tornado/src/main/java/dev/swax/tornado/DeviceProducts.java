package dev.swax.tornado;

import dev.swax.tornado.cublas.Precision;
import dev.swax.tornado.cublas.Product;
import dev.swax.tornado.cublas.ProductTask;
import dev.swax.tornado.kernel.MatmulKernels;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * How fast matrix products are on the default device, for {@code benchmarks/device/run}. Arguments:
 * shapes as {@code MxKxN}; for each it prints what multiplies, the shape and GFLOP/s of the best of
 * some runs.
 */
public final class DeviceProducts {
  private static final int RUNS = 20;

  /** Products of one run, so that the time of a call does not count. */
  private static final int EACH = 10;

  private static final String GRAPH = "products";

  private final int m;
  private final int k;
  private final int n;

  private DeviceProducts(String shape) {
    String[] sizes = shape.split("x", -1);
    m = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    n = Integer.parseInt(sizes[2]);
  }

  public static void main(String[] arguments) throws TornadoExecutionPlanException {
    for (String argument : arguments) {
      if (argument.startsWith("-")) {
        continue;
      }
      var products = new DeviceProducts(argument);
      print("own", argument, products.own());
      if (TornadoDevices.hasCublas()) {
        print("cublas", argument, products.cublas(Precision.FP32));
        print("cublas-tf32", argument, products.cublas(Precision.TF32));
        print("cublas-bf16", argument, products.cublas(Precision.BF16));
      }
    }
  }

  private static void print(String way, String shape, double rate) {
    System.out.println(String.format(Locale.ROOT, "%s %s %.1f GFLOP/s", way, shape, rate));
  }

  private double own() throws TornadoExecutionPlanException {
    FloatArray a = filled(m * k);
    FloatArray b = filled(k * n);
    FloatArray c = filled(m * n);
    KernelContext context = new KernelContext();
    TaskGraph graph = new TaskGraph(GRAPH);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b, c);
    var scheduler = new GridScheduler();
    for (int i = 0; i < EACH; i++) {
      graph.task("p" + i, MatmulKernels::plain, context, a, 0, b, 0, c, 0, m, k, n, 0);
      scheduler.addWorkerGrid(GRAPH + ".p" + i, MatmulKernels.grid(m, n));
    }
    graph.persistOnDevice(c);
    return measure(graph, scheduler);
  }

  private double cublas(Precision precision) throws TornadoExecutionPlanException {
    boolean halves = precision == Precision.BF16;
    TornadoNativeArray a = halves ? narrowed(m * k) : filled(m * k);
    TornadoNativeArray b = halves ? narrowed(k * n) : filled(k * n);
    TornadoNativeArray c = halves ? narrowed(m * n) : filled(m * n);
    IntArray control = IntArray.fromElements(0);
    TaskGraph graph = new TaskGraph(GRAPH);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, control, a, b, c);
    for (int i = 0; i < EACH; i++) {
      graph.libraryTask(
          "p" + i,
          ProductTask::descriptor,
          ProductTask.of(precision, _ -> Product.plain(0, 0, 0, m, k, n, 0), control, a, b, c));
    }
    graph.persistOnDevice(c);
    return measure(graph, null);
  }

  private double measure(TaskGraph graph, @Nullable GridScheduler scheduler)
      throws TornadoExecutionPlanException {
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      if (scheduler != null) {
        plan.withGridScheduler(scheduler);
      }
      plan.execute();
      double best = Double.POSITIVE_INFINITY;
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        plan.execute();
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      return 2e-9 * m * k * n * EACH / best;
    }
  }

  private static FloatArray filled(int size) {
    FloatArray array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (i % 17 - 8) / 8f);
    }
    return array;
  }

  private static ShortArray narrowed(int size) {
    ShortArray array = new ShortArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, BFloat16.bf16FromFloat((i % 17 - 8) / 8f));
    }
    return array;
  }
}
