package dev.swax.tornado;

import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * The task graphs of a program, run by name in any order. A graph takes each array from the graph
 * that ran before it, whichever that was; so all of them hold all arrays, even those that their own
 * tasks do not use.
 */
final class DeviceGraphs implements AutoCloseable {
  private final DeviceBuffers buffers;
  private final GridScheduler scheduler = new GridScheduler();
  private final SequencedMap<String, Integer> indices = new LinkedHashMap<>();
  private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
  private String current = "";
  private @Nullable TornadoExecutionPlan plan;

  DeviceGraphs(DeviceBuffers buffers) {
    this.buffers = buffers;
  }

  /** The first graph of all, which brings the arrays to the device itself. */
  TaskGraph beginFirst(String name) {
    current = name;
    return new TaskGraph(name);
  }

  /** A graph that finds every array on the device. */
  TaskGraph begin(String name) {
    TaskGraph graph = beginFirst(name);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, buffers.control, buffers.settings);
    boolean first = name.equals(buffers.sizes.embedding().forward());
    if (first) {
      graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, buffers.ofBatch());
    }
    graph.consumeFromDevice(buffers.shared());
    if (!first) {
      graph.consumeFromDevice(buffers.ofBatch());
    }
    return graph;
  }

  /** The threads of the task that was added last. */
  void grid(String task, WorkerGrid grid) {
    scheduler.addWorkerGrid(current + "." + task, grid);
  }

  /** Leaves every array to the graph that runs next; the last of a forward pass brings losses. */
  void end(TaskGraph graph) {
    graph.persistOnDevice(buffers.shared());
    graph.persistOnDevice(buffers.ofBatch());
    if (graph.getTaskGraphName().equals(buffers.sizes.head().forward())) {
      graph.transferToHost(DataTransferMode.EVERY_EXECUTION, buffers.losses);
    }
    indices.put(graph.getTaskGraphName(), graphs.size());
    graphs.add(graph.snapshot());
  }

  /**
   * No more graphs will come.
   *
   * @param captured whether CUDA records each graph when it first runs, and replays it then
   */
  void ready(boolean captured) {
    plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
    plan.withGridScheduler(scheduler);
    if (captured) {
      plan.withCUDAGraph();
    }
  }

  List<String> names() {
    return List.copyOf(indices.keySet());
  }

  /**
   * Runs a graph.
   *
   * @throws UserError if a library that one of its tasks calls is not installed, or the device's
   *     compiler does not take one of them
   */
  void execute(String name) {
    Integer index = Objects.requireNonNull(indices.get(name), name);
    try {
      Objects.requireNonNull(plan).withGraph(index).execute();
    } catch (LinkageError e) {
      throw new UserError(
          "TornadoVM cannot load a library of the device: " + e.getMessage(),
          "install NVIDIA's CUDA libraries, or `--matmul own`, which needs none");
    } catch (TornadoBailoutRuntimeException e) {
      throw RejectedKernel.of(name, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  @Override
  public void close() {
    if (plan == null) {
      return;
    }
    try {
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("cannot release the device's memory", e);
    }
  }
}
