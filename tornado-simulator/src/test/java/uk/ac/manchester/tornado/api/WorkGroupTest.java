package uk.ac.manchester.tornado.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Threads, groups, barriers and local memory. */
class WorkGroupTest {

  private static void run(int threads, int local, UnaryOperator<TaskGraph> task, Object... arrays) {
    var grid = new WorkerGrid1D(threads);
    grid.setLocalWork(local, 1, 1);
    run(grid, task, arrays);
  }

  private static void run(WorkerGrid grid, UnaryOperator<TaskGraph> task, Object... arrays) {
    TaskGraph graph =
        task.apply(
                new TaskGraph("graph").transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, arrays);
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(new GridScheduler("graph.task", grid)).execute();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FloatArray counting(int size) {
    var array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, i);
    }
    return array;
  }

  @Test
  void everyThreadRunsOnce() {
    FloatArray x = counting(24);
    var y = new FloatArray(24);
    run(24, 8, graph -> graph.task("task", TestKernels::twice, new KernelContext(), x, y), x, y);
    for (int i = 0; i < 24; i++) {
      assertThat(y.get(i)).isEqualTo(2 * i);
    }
  }

  @Test
  void threadsKnowWhereTheyAre() {
    var out = new IntArray(8 * 6);
    var grid = new WorkerGrid2D(8, 6);
    grid.setLocalWork(4, 3, 1);
    run(grid, graph -> graph.task("task", TestKernels::coordinates, new KernelContext(), out), out);
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        int expected = 1000 * (y / 3) + 100 * (x / 4) + (y % 3) * 4 + x % 4;
        assertThat(out.get(y * 8 + x)).isEqualTo(expected);
      }
    }
  }

  @Test
  void threadsMeetAtBarriers() {
    FloatArray x = counting(64 * 5);
    var sums = new FloatArray(5);
    run(
        64 * 5,
        64,
        graph -> graph.task("task", TestKernels::groupSums, new KernelContext(), x, sums),
        x,
        sums);
    for (int group = 0; group < 5; group++) {
      assertThat(sums.get(group)).isEqualTo(64 * 64 * group + 63 * 32);
    }
  }

  @Test
  void aGroupOfOneThreadPassesBarriers() {
    FloatArray x = counting(3);
    var y = new FloatArray(3);
    run(3, 1, graph -> graph.task("task", TestKernels::rotate, new KernelContext(), x, y), x, y);
    assertThat(y.toHeapArray()).containsExactly(0, 1, 2);
  }

  @Test
  void withoutABarrierOthersHaveNotWrittenYet() {
    FloatArray x = counting(4);
    var y = new FloatArray(4);
    run(4, 4, graph -> graph.task("task", TestKernels::rotate, new KernelContext(), x, y), x, y);
    assertThat(y.toHeapArray()).containsExactly(1, 2, 3, 0);
    run(
        4,
        4,
        graph -> graph.task("task", TestKernels::rotateTooEarly, new KernelContext(), x, y),
        x,
        y);
    assertThat(y.toHeapArray()).containsExactly(Float.NaN, Float.NaN, Float.NaN, 0);
  }

  @Test
  void threadsThatMissABarrierAreAnError() {
    FloatArray x = counting(16);
    assertThatThrownBy(() ->
            run(
                16,
                8,
                graph -> graph.task("task", TestKernels::firstThreadsWait, new KernelContext(), x),
                x))
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessageContaining("task graph.task: group 0 of 2 x 1 x 1")
        .hasMessageContaining("thread 0 waits at a barrier, and thread 3 has ended");
    assertThatThrownBy(() ->
            run(
                16,
                8,
                graph -> graph.task("task", TestKernels::lastThreadsWait, new KernelContext(), x),
                x))
        .hasMessageContaining("thread 4 waits at a barrier, and thread 0 has ended");
  }

  @Test
  void anIndexOutOfRangeNamesTheTask() {
    FloatArray x = counting(16);
    assertThatThrownBy(() ->
            run(
                16,
                8,
                graph -> graph.task("task", TestKernels::outOfBounds, new KernelContext(), x),
                x))
        .hasMessageContaining("task graph.task: group 1")
        .hasMessageContaining("Index 16 out of bounds for length 16");
    assertThatThrownBy(() ->
            run(
                16,
                8,
                graph ->
                    graph.task(
                        "task", TestKernels::outOfBoundsAfterBarrier, new KernelContext(), x),
                x))
        .hasMessageContaining("Index 16 out of bounds for length 16");
  }

  @Test
  void localMemoryIsLimited() {
    FloatArray x = counting(8);
    assertThatThrownBy(() ->
            run(
                8,
                8,
                graph ->
                    graph.task("task", TestKernels::tooMuchLocalMemory, new KernelContext(), x),
                x))
        .hasMessageContaining("48 KiB");
  }

  @Test
  void gridsMustFit() {
    FloatArray x = counting(16);
    UnaryOperator<TaskGraph> task =
        graph -> graph.task("task", TestKernels::increment, new KernelContext(), x);
    assertThatThrownBy(() -> run(12, 8, task, x)).hasMessageContaining("no whole groups");
    assertThatThrownBy(() -> run(new WorkerGrid1D(16), task, x))
        .hasMessageContaining("no local work");
    assertThatThrownBy(() -> run(2048, 2048, task, x)).hasMessageContaining("do not fit a device");
  }

  @Test
  void aContextOutsideOfAKernelHasNoGroup() {
    assertThatThrownBy(new KernelContext()::localBarrier).isInstanceOf(IllegalStateException.class);
  }
}
