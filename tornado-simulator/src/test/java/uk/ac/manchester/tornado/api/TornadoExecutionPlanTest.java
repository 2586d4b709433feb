package uk.ac.manchester.tornado.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.EVERY_EXECUTION;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.FIRST_EXECUTION;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.UNDER_DEMAND;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What moves when, and what is refused. */
class TornadoExecutionPlanTest {
  private final FloatArray x = FloatArray.fromElements(1, 2, 3, 4);
  private final FloatArray y = new FloatArray(4);

  private static TaskGraph increment(String name, FloatArray array) {
    return new TaskGraph(name).task("task", TestKernels::increment, new KernelContext(), array);
  }

  private static TornadoExecutionPlan plan(TaskGraph... graphs) {
    var snapshots = new ImmutableTaskGraph[graphs.length];
    var scheduler = new GridScheduler();
    for (int i = 0; i < graphs.length; i++) {
      snapshots[i] = graphs[i].snapshot();
      var grid = new WorkerGrid1D(4);
      grid.setLocalWork(2, 1, 1);
      scheduler.addWorkerGrid(graphs[i].getTaskGraphName() + ".task", grid);
    }
    return new TornadoExecutionPlan(snapshots).withGridScheduler(scheduler);
  }

  @Test
  void newArraysHoldPoison() {
    assertThat(new FloatArray(2).get(1)).isNaN();
    assertThat(new IntArray(2).get(1)).isLessThan(-1_000_000);
  }

  @Test
  void theHostSeesNothingUntilItIsBroughtBack() {
    TaskGraph graph = increment("a", x).transferToDevice(FIRST_EXECUTION, x).persistOnDevice(x);
    TornadoExecutionResult result = plan(graph).execute();
    assertThat(x.get(0)).isEqualTo(1);
    result.transferToHost(x);
    assertThat(x.get(0)).isEqualTo(2);
  }

  @Test
  void theFirstExecutionCopiesOnce() {
    TaskGraph graph =
        increment("a", x).transferToDevice(FIRST_EXECUTION, x).transferToHost(UNDER_DEMAND, x);
    TornadoExecutionPlan plan = plan(graph);
    plan.execute();
    x.init(100);
    plan.execute().transferToHost(x);
    assertThat(x.get(3)).isEqualTo(6);
  }

  @Test
  void everyExecutionCopiesAgain() {
    TaskGraph graph =
        increment("a", x).transferToDevice(EVERY_EXECUTION, x).transferToHost(EVERY_EXECUTION, x);
    TornadoExecutionPlan plan = plan(graph);
    plan.execute();
    x.init(100);
    plan.execute();
    assertThat(x.get(3)).isEqualTo(101);
  }

  @Test
  void whatIsNotCopiedIsPoison() {
    y.init(5);
    TaskGraph graph = increment("a", y).transferToHost(EVERY_EXECUTION, y);
    plan(graph).execute();
    assertThat(y.get(0)).isNaN();
  }

  @Test
  void graphsShareWhatIsPersistedAndConsumed() {
    TornadoExecutionPlan plan =
        plan(
            increment("a", x).transferToDevice(FIRST_EXECUTION, x).persistOnDevice(x),
            increment("b", x).consumeFromDevice(x).persistOnDevice(x),
            increment("c", x).consumeFromDevice("b", x).persistOnDevice(x));
    plan.withGraph(0).execute();
    plan.withGraph(1).execute();
    plan.withGraph(1).execute();
    plan.withGraph(2).execute().transferToHost(x);
    assertThat(x.toHeapArray()).containsExactly(5, 6, 7, 8);
    plan.withAllGraphs().execute().transferToHost(x);
    assertThat(x.get(0)).isEqualTo(8);
  }

  @Test
  void whatNobodyLeftCannotBeConsumed() {
    TaskGraph first = increment("a", x).transferToDevice(FIRST_EXECUTION, x);
    TaskGraph second = increment("b", x).consumeFromDevice(x);
    assertThatThrownBy(() -> plan(second).execute())
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessageContaining("no graph ran before");
    assertThatThrownBy(() -> plan(first, second).execute())
        .hasMessageContaining("a, which ran before it, does not persist");
    TaskGraph other = increment("c", x).transferToDevice(FIRST_EXECUTION, x).persistOnDevice(x);
    TaskGraph named = increment("d", x).consumeFromDevice("a", x);
    assertThatThrownBy(() -> plan(other, named).execute())
        .hasMessageContaining("it consumes from a, and c ran before it");
  }

  @Test
  void aResultKnowsItsGraphsObjectsOnly() {
    TaskGraph graph = increment("a", x).transferToDevice(FIRST_EXECUTION, x).persistOnDevice(x);
    TornadoExecutionResult result = plan(graph).execute();
    assertThatThrownBy(() -> result.transferToHost(y)).isInstanceOf(TornadoRuntimeException.class);
  }

  @Test
  void argumentsMustBeOnTheDevice() {
    TaskGraph graph =
        new TaskGraph("a")
            .transferToDevice(EVERY_EXECUTION, x)
            .task("task", TestKernels::twice, new KernelContext(), x, y);
    assertThatThrownBy(() -> plan(graph))
        .hasMessageContaining("graph a: task task has an array that is neither transferred");
  }

  @Test
  void aTaskNeedsAGrid() {
    TaskGraph graph = increment("a", x).transferToDevice(EVERY_EXECUTION, x);
    assertThatThrownBy(() -> new TornadoExecutionPlan(graph.snapshot()).execute())
        .hasMessageContaining("task a.task: it has no worker grid");
  }

  @Test
  void aGridNeedsATask() {
    TaskGraph graph = increment("a", x).transferToDevice(EVERY_EXECUTION, x);
    var scheduler = new GridScheduler("a.tusk", new WorkerGrid1D(4));
    var plan = new TornadoExecutionPlan(graph.snapshot());
    assertThatThrownBy(() -> plan.withGridScheduler(scheduler)).hasMessageContaining("a.tusk");
  }

  @Test
  void graphsHaveAtMost256Tasks() {
    var graph = new TaskGraph("a");
    for (int i = 0; i < 256; i++) {
      graph.task("task" + i, TestKernels::increment, new KernelContext(), x);
    }
    assertThatThrownBy(() -> graph.task("last", TestKernels::increment, new KernelContext(), x))
        .hasMessageContaining("256");
  }

  @Test
  void tasksOfOneGraphHaveDifferentNames() {
    assertThatThrownBy(
            () -> increment("a", x).task("task", TestKernels::increment, new KernelContext(), x))
        .hasMessageContaining("two tasks");
  }

  @Test
  void arraysKnowTheirBounds() {
    assertThatThrownBy(() -> x.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> x.set(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
