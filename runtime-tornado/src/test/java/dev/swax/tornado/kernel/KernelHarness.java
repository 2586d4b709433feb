package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.fail;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Runs kernels on arrays of the test, on whatever stands behind the API. */
final class KernelHarness {
  /** What the one task of {@link #run(WorkerGrid, UnaryOperator, Object...)} is called. */
  static final String TASK = "kernel";

  private static final String GRAPH = "test";

  private KernelHarness() {}

  /**
   * Copies the arrays to the device, runs the task that {@code task} adds, and copies all of them
   * back:
   *
   * <pre>{@code
   * run(grid, graph -> graph.task(TASK, Kernels::method, new KernelContext(), x, 3, y, 0), x, y);
   * }</pre>
   */
  static void run(WorkerGrid grid, UnaryOperator<TaskGraph> task, Object... arrays) {
    run(Map.of(TASK, grid), task, arrays);
  }

  /**
   * The same for several tasks, each with its grid, which {@code tasks} may put there. TornadoVM
   * does not copy to the device what no task reads, so another task reads a little of each array:
   * what the kernels leave alone stays.
   */
  static void run(Map<String, WorkerGrid> grids, UnaryOperator<TaskGraph> tasks, Object... arrays) {
    var scheduler = new GridScheduler();
    TaskGraph graph =
        new TaskGraph(GRAPH).transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
    var one = new WorkerGrid1D(1);
    one.setLocalWork(1, 1, 1);
    for (int i = 0; i < arrays.length; i++) {
      if (arrays[i] instanceof FloatArray array) {
        graph.task("touch" + i, TransferKernels::touch, new KernelContext(), array);
        scheduler.addWorkerGrid(GRAPH + ".touch" + i, one);
      } else if (arrays[i] instanceof ShortArray array) {
        graph.task("touch" + i, TransferKernels::touchShorts, new KernelContext(), array);
        scheduler.addWorkerGrid(GRAPH + ".touch" + i, one);
      }
    }
    graph = tasks.apply(graph);
    grids.forEach((task, grid) -> scheduler.addWorkerGrid(GRAPH + "." + task, grid));
    graph = graph.transferToHost(DataTransferMode.EVERY_EXECUTION, arrays);
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(scheduler).execute();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Values from -1 to 1. */
  static FloatArray random(int size, long seed) {
    var random = new SplittableRandom(seed);
    var array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (float) random.nextDouble(-1, 1));
    }
    return array;
  }

  /** All the same. */
  static FloatArray filled(int size, float value) {
    var array = new FloatArray(size);
    array.init(value);
    return array;
  }

  /** A copy of {@code length} values for the scalar kernels. */
  static Tensor tensor(FloatArray array, int from, int length) {
    Tensor tensor = Tensor.allocate(Arena.ofAuto(), length);
    for (int i = 0; i < length; i++) {
      tensor.set(i, array.get(from + i));
    }
    return tensor;
  }

  /** {@code actual[from ..]} is {@code expected}, each within {@code tolerance}; NaN never is. */
  static void assertNear(FloatArray actual, int from, Tensor expected, double tolerance) {
    for (int i = 0; i < expected.length(); i++) {
      double difference = Math.abs((double) actual.get(from + i) - expected.get(i));
      if (!(difference <= tolerance)) {
        fail(
            "value %d is %s, not %s, which is %.3g apart"
                .formatted(i, actual.get(from + i), expected.get(i), difference));
      }
    }
  }
}
