package dev.swax.tornado;

import dev.swax.tornado.kernel.MatmulKernels;
import java.util.Locale;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How fast matrix products are on the default device, for {@code benchmarks/device/run}. Arguments:
 * shapes as {@code MxKxN}; for each it prints the shape and GFLOP/s of the best of some runs.
 */
public final class DeviceProducts {
  private static final int RUNS = 20;

  /** Products of one run, so that the time of a call does not count. */
  private static final int EACH = 10;

  private DeviceProducts() {}

  public static void main(String[] arguments) throws TornadoExecutionPlanException {
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        String[] shape = argument.split("x", -1);
        double rate =
            measure(
                Integer.parseInt(shape[0]), Integer.parseInt(shape[1]), Integer.parseInt(shape[2]));
        System.out.println(String.format(Locale.ROOT, "%s %.1f GFLOP/s", argument, rate));
      }
    }
  }

  private static double measure(int m, int k, int n) throws TornadoExecutionPlanException {
    FloatArray a = filled(m * k);
    FloatArray b = filled(k * n);
    FloatArray c = filled(m * n);
    KernelContext context = new KernelContext();
    TaskGraph graph = new TaskGraph("products");
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b, c);
    var scheduler = new GridScheduler();
    for (int i = 0; i < EACH; i++) {
      graph.task("p" + i, MatmulKernels::plain, context, a, 0, b, 0, c, 0, m, k, n, 0);
      scheduler.addWorkerGrid("products.p" + i, MatmulKernels.grid(m, n));
    }
    graph.persistOnDevice(c);
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(scheduler).execute();
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
}
