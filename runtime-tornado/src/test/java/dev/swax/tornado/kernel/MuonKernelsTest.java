package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.optimizer.MuonStep;
import dev.swax.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A step of Muon on a matrix among others, against the scalar one in double. */
class MuonKernelsTest {
  /** Where the matrix begins. */
  private static final int FROM = 5;

  /** What the direction of a matrix of random numbers differs by after five iterations. */
  private static final double TOLERANCE = 1e-4;

  private final ScalarKernels scalar = new ScalarKernels(1);
  private final Map<String, WorkerGrid> grids = new LinkedHashMap<>();
  private final KernelContext context = new KernelContext();

  @ParameterizedTest
  @CsvSource({"12,20,true", "20,12,true", "16,16,false", "1,7,false", "70,65,true", "3,1,true"})
  void stepsAreThoseOfMuon(int rows, int columns, boolean nesterov) {
    int size = rows * columns;
    var step = new MuonStep(0.1, 0.7, 0.95, nesterov, 5, 0.3, 0.5);
    FloatArray weights = random(size + 9, 1);
    FloatArray gradients = random(size + 9, 2);
    FloatArray momentum = random(size + 9, 3);
    Tensor expectedWeights = tensor(weights, 0, size + 9);
    Tensor expectedMomentum = tensor(momentum, 0, size + 9);
    scalar.muon(
        expectedWeights.slice(FROM, size),
        tensor(gradients, FROM, size),
        expectedMomentum.slice(FROM, size),
        1,
        rows,
        columns,
        step);
    FloatArray workspace = filled((int) MuonKernels.workspace(rows, columns), Float.NaN);
    FloatArray settings = filled(MuonKernels.SETTINGS + 1, Float.NaN);
    MuonKernels.set(settings, 1, step);
    IntArray range = IntArray.fromElements(-1, FROM, FROM + size);
    KernelHarness.run(
        grids,
        graph -> {
          momentum(graph, size, gradients, momentum, workspace, range, settings);
          for (int i = 0; i < step.iterations(); i++) {
            iterate(graph, i, rows, columns, workspace);
          }
          return update(graph, size, weights, workspace, range, settings);
        },
        weights,
        gradients,
        momentum,
        workspace,
        range,
        settings);
    assertNear(momentum, 0, expectedMomentum, 4 * 0x1p-24);
    assertNear(weights, 0, expectedWeights, 0.1 * 0.7 * TOLERANCE + 4 * 0x1p-24);
  }

  private void momentum(
      TaskGraph graph,
      int size,
      FloatArray gradients,
      FloatArray momentum,
      FloatArray workspace,
      IntArray range,
      FloatArray settings) {
    graph.task(
        "momentum",
        MuonKernels::momentum,
        context,
        gradients,
        momentum,
        workspace,
        range,
        1,
        settings,
        1);
    grids.put("momentum", OptimizerKernels.grid(size));
    graph.task("shorten", MuonKernels::shorten, context, workspace, range, 1);
    grids.put("shorten", OptimizerKernels.grid(size));
  }

  private void iterate(TaskGraph graph, int i, int rows, int columns, FloatArray workspace) {
    int side = Math.min(rows, columns);
    if (rows <= columns) {
      graph.task("gram" + i, MuonKernels::wideGram, context, workspace, rows, columns);
    } else {
      graph.task("gram" + i, MuonKernels::tallGram, context, workspace, rows, columns);
    }
    grids.put("gram" + i, MatmulKernels.grid(side, side));
    graph.task("square" + i, MuonKernels::square, context, workspace, rows, columns, side);
    grids.put("square" + i, MatmulKernels.grid(side, side));
    graph.task("polynomial" + i, MuonKernels::polynomial, context, workspace, rows, columns, side);
    grids.put("polynomial" + i, MuonKernels.grid(side * side));
    if (rows <= columns) {
      graph.task("product" + i, MuonKernels::wideProduct, context, workspace, rows, columns);
    } else {
      graph.task("product" + i, MuonKernels::tallProduct, context, workspace, rows, columns);
    }
    grids.put("product" + i, MatmulKernels.grid(rows, columns));
    graph.task("copy" + i, MuonKernels::copy, context, workspace, rows, columns);
    grids.put("copy" + i, MuonKernels.grid(rows * columns));
  }

  private TaskGraph update(
      TaskGraph graph,
      int size,
      FloatArray weights,
      FloatArray workspace,
      IntArray range,
      FloatArray settings) {
    grids.put("update", OptimizerKernels.grid(size));
    return graph.task(
        "update", MuonKernels::update, context, weights, workspace, range, 1, settings, 1);
  }
}
