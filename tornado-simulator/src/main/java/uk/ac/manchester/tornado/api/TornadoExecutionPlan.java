package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Runs task graphs: all of them in order, or the one that was chosen. */
public class TornadoExecutionPlan implements AutoCloseable {
  private final List<DeviceCopies> graphs = new ArrayList<>();
  private List<DeviceCopies> chosen;
  private @Nullable GridScheduler scheduler;
  private @Nullable DeviceCopies last;
  private final LibraryCalls libraries = new LibraryCalls();
  private boolean closed;

  public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
    for (ImmutableTaskGraph graph : immutableTaskGraphs) {
      checkArguments(graph.definition());
      graphs.add(new DeviceCopies(graph.definition()));
    }
    chosen = graphs;
  }

  private static void checkArguments(GraphDefinition graph) {
    for (GraphDefinition.Task task : graph.tasks()) {
      for (Object argument : task.arguments()) {
        if (argument instanceof TornadoNativeArray && !graph.holds(argument)) {
          throw graph.error(
              "task %s has an array that is neither transferred, persisted nor consumed"
                  .formatted(task.id()));
        }
      }
    }
  }

  public TornadoExecutionPlan withGraph(int graphIndex) {
    if (graphIndex < 0 || graphIndex >= graphs.size()) {
      throw new TornadoRuntimeException("there is no graph " + graphIndex);
    }
    chosen = List.of(graphs.get(graphIndex));
    return this;
  }

  public TornadoExecutionPlan withAllGraphs() {
    chosen = graphs;
    return this;
  }

  /** Every grid must be that of a task. */
  public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
    for (String name : gridScheduler.keySet()) {
      if (!isTask(name)) {
        throw new TornadoRuntimeException(
            "there is a grid for %s, and no such task".formatted(name));
      }
    }
    scheduler = gridScheduler;
    return this;
  }

  private boolean isTask(String name) {
    for (DeviceCopies copies : graphs) {
      for (GraphDefinition.Task task : copies.graph().tasks()) {
        if (name.equals(copies.graph().name() + "." + task.id())) {
          return true;
        }
      }
    }
    return false;
  }

  /** There is only one device. */
  public TornadoExecutionPlan withDevice(TornadoDevice device) {
    if (device != SimulatedDevice.INSTANCE) {
      throw new TornadoRuntimeException(device + " is not the simulated device");
    }
    return this;
  }

  /** What CUDA records it replays with the same addresses, which library tasks may not have. */
  public TornadoExecutionPlan withCUDAGraph() {
    for (DeviceCopies copies : graphs) {
      for (GraphDefinition.Task task : copies.graph().tasks()) {
        if (task instanceof GraphDefinition.LibraryCall) {
          throw copies.graph().error("task %s is of a library".formatted(task.id()));
        }
      }
    }
    return this;
  }

  public TornadoExecutionPlan withPreCompilation() {
    return this;
  }

  public TornadoExecutionResult execute() {
    if (closed) {
      throw new TornadoRuntimeException("the plan's device memory has been freed");
    }
    for (DeviceCopies copies : chosen) {
      copies.enter(last);
      for (GraphDefinition.Task task : copies.graph().tasks()) {
        switch (task) {
          case GraphDefinition.TaskCall call -> launch(copies, call).run();
          case GraphDefinition.LibraryCall(_, var descriptor) -> libraries.run(descriptor, copies);
        }
      }
      copies.leave();
      last = copies;
    }
    return new TornadoExecutionResult(chosen);
  }

  private Launch launch(DeviceCopies copies, GraphDefinition.TaskCall task) {
    List<Object> arguments = new ArrayList<>();
    for (Object argument : task.arguments()) {
      arguments.add(argument instanceof TornadoNativeArray ? copies.array(argument) : argument);
    }
    String name = copies.graph().name() + "." + task.id();
    return new Launch(
        name, task.kernel(), arguments, scheduler == null ? null : scheduler.get(name));
  }

  public TornadoExecutionPlan freeDeviceMemory() {
    libraries.close();
    closed = true;
    return this;
  }

  @Override
  public void close() throws TornadoExecutionPlanException {
    freeDeviceMemory();
  }
}
