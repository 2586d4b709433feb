package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The way that every kernel test goes. */
class KernelHarnessTest {

  /** {@code y[i] = x[i] + group}, and the first thread waits for the others. */
  public static void addGroup(KernelContext context, FloatArray x, FloatArray y) {
    int i = context.globalIdx;
    context.localBarrier();
    y.set(i, x.get(i) + context.groupIdx);
  }

  @Test
  void resultsComeBack() {
    FloatArray x = KernelHarness.random(128, 1);
    FloatArray y = KernelHarness.filled(128, 0);
    var grid = new WorkerGrid1D(128);
    grid.setLocalWork(64, 1, 1);
    KernelHarness.run(
        grid,
        graph ->
            graph.task(KernelHarness.TASK, KernelHarnessTest::addGroup, new KernelContext(), x, y),
        x,
        y);
    for (int i = 0; i < 128; i++) {
      assertThat(y.get(i)).isEqualTo(x.get(i) + i / 64);
    }
  }
}
