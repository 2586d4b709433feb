package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.attention.AttentionBand;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.attention.AttentionGradientCall;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Random inputs of an attention, its kernels as one task graph, and the comparison with the CPU.
 */
final class AttentionProblem {
  private static final float UNWRITTEN = 777f;
  private static final float ULP = 0x1p-24f;
  private static final int GAP = 3;

  private final AttentionShape shape;
  private final int capacity;
  private final FloatArray data;
  private final IntArray firstKeys;

  /** Rows, time, window, what the shape says, and where each array begins. */
  private final IntArray control = new IntArray(CONTROLS);

  private final GridScheduler scheduler = new GridScheduler();
  private final TaskGraph graph = new TaskGraph("attention");

  private static final int ROWS = 0;
  private static final int TIME = 1;
  private static final int WINDOW = 2;
  private static final int CHUNK = 3;
  private static final int HAS_SINKS = 4;

  /** q, k, v, dy, sinks; y, dq, dk, dv, sums, delta, dSinks. */
  private static final int ARRAYS = 5;

  private static final int Q = ARRAYS;
  private static final int K = ARRAYS + 1;
  private static final int V = ARRAYS + 2;
  private static final int DY = ARRAYS + 3;
  private static final int SINKS = ARRAYS + 4;
  private static final int Y = ARRAYS + 5;
  private static final int DQ = ARRAYS + 6;
  private static final int DK = ARRAYS + 7;
  private static final int DV = ARRAYS + 8;
  private static final int SUMS = ARRAYS + 9;
  private static final int DELTA = ARRAYS + 10;
  private static final int D_SINKS = ARRAYS + 11;
  private static final int CONTROLS = ARRAYS + 12;

  AttentionProblem(AttentionShape shape, int batch, int time) {
    this.shape = shape;
    capacity = batch * time;
    int[] sizes = {
      capacity * queries(),
      capacity * keys(),
      capacity * values(),
      capacity * outputs(),
      shape.heads(),
      capacity * outputs(),
      capacity * queries(),
      capacity * keys(),
      capacity * values(),
      capacity * shape.heads(),
      capacity * shape.heads(),
      shape.heads()
    };
    int at = GAP;
    for (int i = 0; i < sizes.length; i++) {
      control.set(ARRAYS + i, at);
      at += sizes[i];
    }
    data = new FloatArray(at);
    firstKeys = new IntArray(Math.max(1, capacity));
    control.set(CHUNK, shape.chunk());
    control.set(HAS_SINKS, shape.sinks() ? 1 : 0);
    var context = new KernelContext();
    int heads = shape.heads();
    int keyHeads = shape.keyHeads();
    int width = shape.headWidth();
    int value = shape.valueWidth();
    float scale = (float) shape.scale();
    float cap = (float) shape.cap();
    graph
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, control, data, firstKeys)
        .task(
            "forward",
            AttentionProblem::forward,
            context,
            control,
            data,
            firstKeys,
            heads,
            keyHeads,
            width,
            value,
            scale,
            cap)
        .task(
            "queries",
            AttentionProblem::queries,
            context,
            control,
            data,
            firstKeys,
            heads,
            keyHeads,
            width,
            value,
            scale,
            cap)
        .task(
            "keys",
            AttentionProblem::keys,
            context,
            control,
            data,
            firstKeys,
            heads,
            keyHeads,
            width,
            value,
            scale,
            cap)
        .task("sinks", AttentionProblem::sinks, context, control, data, heads)
        .transferToHost(DataTransferMode.EVERY_EXECUTION, data);
    scheduler.addWorkerGrid("attention.forward", AttentionKernels.queryGrid(batch, time, heads));
    scheduler.addWorkerGrid(
        "attention.queries", AttentionGradientKernels.queryGrid(batch, time, heads));
    scheduler.addWorkerGrid(
        "attention.keys", AttentionGradientKernels.keyGrid(batch, time, keyHeads));
    scheduler.addWorkerGrid("attention.sinks", AttentionGradientKernels.sinkGrid(heads));
  }

  private int queries() {
    return shape.heads() * shape.headWidth();
  }

  private int outputs() {
    return shape.heads() * shape.valueWidth();
  }

  private int keys() {
    return shape.keyHeads() * shape.headWidth();
  }

  private int values() {
    return shape.keyHeads() * shape.valueWidth();
  }

  static void forward(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      int heads,
      int keyHeads,
      int width,
      int value,
      float scale,
      float cap) {
    AttentionKernels.forward(
        context,
        data,
        control.get(Q),
        data,
        control.get(K),
        data,
        control.get(V),
        data,
        control.get(Y),
        data,
        control.get(SUMS),
        data,
        control.get(SINKS),
        control.get(HAS_SINKS),
        firstKeys,
        control.get(ROWS),
        control.get(TIME),
        control.get(WINDOW),
        heads,
        keyHeads,
        width,
        value,
        scale,
        cap,
        control.get(CHUNK));
  }

  static void queries(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      int heads,
      int keyHeads,
      int width,
      int value,
      float scale,
      float cap) {
    AttentionGradientKernels.gradientOfQueries(
        context,
        data,
        control.get(Q),
        data,
        control.get(K),
        data,
        control.get(V),
        data,
        control.get(Y),
        data,
        control.get(SUMS),
        data,
        control.get(DY),
        data,
        control.get(DELTA),
        data,
        control.get(DQ),
        firstKeys,
        control.get(ROWS),
        control.get(TIME),
        control.get(WINDOW),
        heads,
        keyHeads,
        width,
        value,
        scale,
        cap,
        control.get(CHUNK));
  }

  static void keys(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      int heads,
      int keyHeads,
      int width,
      int value,
      float scale,
      float cap) {
    AttentionGradientKernels.gradientOfKeys(
        context,
        data,
        control.get(Q),
        data,
        control.get(K),
        data,
        control.get(V),
        data,
        control.get(SUMS),
        data,
        control.get(DY),
        data,
        control.get(DELTA),
        data,
        control.get(DK),
        data,
        control.get(DV),
        firstKeys,
        control.get(ROWS),
        control.get(TIME),
        control.get(WINDOW),
        heads,
        keyHeads,
        width,
        value,
        scale,
        cap,
        control.get(CHUNK));
  }

  static void sinks(KernelContext context, IntArray control, FloatArray data, int heads) {
    AttentionGradientKernels.gradientOfSinks(
        context,
        data,
        control.get(SINKS),
        data,
        control.get(SUMS),
        data,
        control.get(DELTA),
        data,
        control.get(D_SINKS),
        control.get(ROWS),
        heads);
  }

  /**
   * Runs the kernels once for each window on fresh inputs, for {@code batch} sequences of {@code
   * time} tokens, and compares everything with the CPU; documents are about {@code meanLength}
   * long. Gives the largest error as a part of the tolerance.
   */
  double check(long seed, int batch, int time, int meanLength, int... windows)
      throws TornadoExecutionPlanException {
    double worst = 0;
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(scheduler);
      for (int window : windows) {
        fill(seed + window, time, meanLength);
        control.set(ROWS, batch * time);
        control.set(TIME, time);
        control.set(WINDOW, window);
        plan.execute();
        worst = Math.max(worst, compare(seed, batch, time, window));
      }
    }
    return worst;
  }

  private void fill(long seed, int time, int meanLength) {
    var random = new SplittableRandom(seed);
    data.init(UNWRITTEN);
    for (int i = 0; i < control.get(Y); i++) {
      data.set(i, (float) random.nextGaussian());
    }
    firstKeys.init(0);
    for (int row = 0; row < capacity; row++) {
      int t = row % Math.max(1, time);
      boolean border = t % 64 == 0 && random.nextInt(4) == 0;
      boolean starts = t == 0 || border || random.nextInt(meanLength) == 0;
      firstKeys.set(row, starts ? t : firstKeys.get(row - 1));
    }
  }

  private double compare(long seed, int batch, int time, int window) {
    int rows = batch * time;
    int[] first = new int[rows];
    for (int row = 0; row < rows; row++) {
      first[row] = firstKeys.get(row);
    }
    try (var arena = Arena.ofConfined();
        var kernels = new ScalarKernels()) {
      Tensor q = KernelHarness.tensor(data, control.get(Q), rows * queries());
      Tensor k = KernelHarness.tensor(data, control.get(K), rows * keys());
      Tensor v = KernelHarness.tensor(data, control.get(V), rows * values());
      Tensor dy = KernelHarness.tensor(data, control.get(DY), rows * outputs());
      Tensor sinks = KernelHarness.tensor(data, control.get(SINKS), shape.heads());
      Tensor y = Tensor.allocate(arena, rows * outputs());
      Tensor sums = Tensor.allocate(arena, rows * shape.heads());
      Tensor dq = Tensor.allocate(arena, rows * queries());
      Tensor dk = Tensor.allocate(arena, rows * keys());
      Tensor dv = Tensor.allocate(arena, rows * values());
      Tensor dSinks = Tensor.allocate(arena, shape.heads());
      var band = AttentionBand.within(batch, time, window, first);
      boolean has = shape.sinks();
      var call = new AttentionCall(shape, band, q, k, v, has ? sinks : null, y, sums);
      kernels.attention(call);
      kernels.attentionGradient(
          new AttentionGradientCall(call, dy, dq, dk, dv, has ? dSinks : null));
      String where = "seed " + seed + ", window " + window + ": ";
      int seen = Math.min(window, time);
      double one = 8 * ULP * (Math.max(shape.headWidth(), shape.valueWidth()) + seen);
      double many = one * Math.sqrt(1.0 + seen * (shape.heads() / shape.keyHeads()));
      double worst = differ(where + "y", y, rows, control.get(Y), capacity * outputs(), one);
      worst =
          Math.max(
              worst, differ(where + "dq", dq, rows, control.get(DQ), capacity * queries(), one));
      worst =
          Math.max(worst, differ(where + "dk", dk, rows, control.get(DK), capacity * keys(), many));
      worst =
          Math.max(
              worst, differ(where + "dv", dv, rows, control.get(DV), capacity * values(), many));
      for (int h = 0; h < shape.heads() && has; h++) {
        double found = data.get(control.get(D_SINKS) + h) - UNWRITTEN;
        assertThat(found).as(where + "sink " + h).isCloseTo(dSinks.get(h), within(1e-3));
      }
      return Math.max(
          worst,
          differ(where + "sums", sums, rows, control.get(SUMS), capacity * shape.heads(), one));
    }
  }

  private double differ(
      String name, Tensor expected, int rows, int at, int length, double tolerance) {
    double worst = 0;
    for (int i = 0; i < length; i++) {
      float found = data.get(at + i);
      if (i >= rows * (length / capacity)) {
        assertThat(found).as(name + ": past the rows, " + i).isEqualTo(UNWRITTEN);
      } else {
        double allowed = tolerance * (1 + Math.abs(expected.get(i)));
        assertThat((double) found)
            .as(name + "[" + i + "]")
            .isCloseTo(expected.get(i), within(allowed));
        worst = Math.max(worst, Math.abs(found - expected.get(i)) / allowed);
      }
    }
    return worst;
  }
}
