package dev.swax.tornado;

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
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * The task graphs of a program, run by name in any order. A graph takes each array from the graph
 * that ran before it, whichever that was; so all of them hold all arrays, even those that their own
 * tasks do not use.
 */
final class DeviceGraphs implements AutoCloseable {
  private final GridScheduler scheduler = new GridScheduler();
  private final SequencedMap<String, Integer> indices = new LinkedHashMap<>();
  private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
  private String current = "";
  private @Nullable TornadoExecutionPlan plan;

  void begin(String name) {
    current = name;
  }

  void grid(String task, WorkerGrid grid) {
    scheduler.addWorkerGrid(current + "." + task, grid);
  }

  void end(TaskGraph graph) {
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

  void execute(String name) {
    Integer index = Objects.requireNonNull(indices.get(name), name);
    Objects.requireNonNull(plan).withGraph(index).execute();
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
