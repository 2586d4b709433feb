package dev.swax.tornado;

import dev.swax.runtime.kernel.optimizer.MuonStep;
import dev.swax.runtime.program.Parameter;
import dev.swax.tornado.kernel.MatmulKernels;
import dev.swax.tornado.kernel.MuonKernels;
import dev.swax.tornado.kernel.OptimizerKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * The task graphs of Muon. The first and the last serve every matrix; an iteration has a graph for
 * each shape, whose sizes its kernels have as constants.
 */
final class MuonGraphs {
  private static final String BEGIN = "muonBegin";
  private static final String END = "muonEnd";

  private final DeviceBuffers buffers;
  private final DeviceGraphs graphs;

  MuonGraphs(DeviceBuffers buffers, DeviceGraphs graphs) {
    this.buffers = buffers;
    this.graphs = graphs;
  }

  /** Adds what the parameters need that Muon updates: those without second moments. */
  void add(List<Parameter> parameters) {
    List<MatrixShape> shapes =
        parameters.stream()
            .filter(parameter -> !parameter.kept().second())
            .map(parameter -> MatrixShape.of(parameter.spec()))
            .distinct()
            .toList();
    if (shapes.isEmpty()) {
      return;
    }
    int largest = shapes.stream().mapToInt(MatrixShape::length).max().orElse(0);
    addBegin(largest);
    shapes.forEach(this::addIteration);
    addEnd(largest);
  }

  private void addBegin(int largest) {
    TaskGraph graph = graphs.begin(BEGIN);
    graph.task(
        "momentum",
        MuonKernels::momentum,
        buffers.context,
        buffers.gradients,
        buffers.first,
        buffers.workspace,
        buffers.control,
        DeviceBuffers.RANGE,
        buffers.settings,
        DeviceBuffers.UPDATE);
    graphs.grid("momentum", OptimizerKernels.grid(largest));
    graph.task(
        "shorten",
        MuonKernels::shorten,
        buffers.context,
        buffers.workspace,
        buffers.control,
        DeviceBuffers.RANGE);
    graphs.grid("shorten", OptimizerKernels.grid(largest));
    graphs.end(graph);
  }

  private void addIteration(MatrixShape shape) {
    TaskGraph graph = graphs.begin(iteration(shape));
    int rows = shape.rows();
    int columns = shape.columns();
    int side = shape.side();
    var context = buffers.context;
    var workspace = buffers.workspace;
    if (shape.isWide()) {
      graph.task("gram", MuonKernels::wideGram, context, workspace, rows, columns);
    } else {
      graph.task("gram", MuonKernels::tallGram, context, workspace, rows, columns);
    }
    graphs.grid("gram", MatmulKernels.grid(side, side));
    graph.task("square", MuonKernels::square, context, workspace, rows, columns, side);
    graphs.grid("square", MatmulKernels.grid(side, side));
    graph.task("polynomial", MuonKernels::polynomial, context, workspace, rows, columns, side);
    graphs.grid("polynomial", MuonKernels.grid(side * side));
    if (shape.isWide()) {
      graph.task("product", MuonKernels::wideProduct, context, workspace, rows, columns);
    } else {
      graph.task("product", MuonKernels::tallProduct, context, workspace, rows, columns);
    }
    graphs.grid("product", MatmulKernels.grid(rows, columns));
    graph.task("copy", MuonKernels::copy, context, workspace, rows, columns);
    graphs.grid("copy", MuonKernels.grid(shape.length()));
    graphs.end(graph);
  }

  private void addEnd(int largest) {
    TaskGraph graph = graphs.begin(END);
    graph.task(
        "update",
        MuonKernels::update,
        buffers.context,
        buffers.weights,
        buffers.workspace,
        buffers.control,
        DeviceBuffers.RANGE,
        buffers.settings,
        DeviceBuffers.UPDATE);
    graphs.grid("update", OptimizerKernels.grid(largest));
    graphs.end(graph);
  }

  /** One step of the matrix whose range {@code control} has. */
  void update(MatrixShape shape, MuonStep step) {
    MuonKernels.set(buffers.settings, DeviceBuffers.UPDATE, step);
    graphs.execute(BEGIN);
    for (int i = 0; i < step.iterations(); i++) {
      graphs.execute(iteration(shape));
    }
    graphs.execute(END);
  }

  private static String iteration(MatrixShape shape) {
    return "muon%dx%d".formatted(shape.rows(), shape.columns());
  }
}
