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
  private final IntArray control = new IntArray(3);
  private final GridScheduler scheduler = new GridScheduler();
  private final TaskGraph graph = new TaskGraph("attention");

  AttentionProblem(AttentionShape shape, int batch, int time) {
    this.shape = shape;
    capacity = batch * time;
    int queries = capacity * shape.heads() * shape.headWidth();
    int keys = capacity * shape.keyHeads() * shape.headWidth();
    int sums = capacity * shape.heads();
    data = new FloatArray(GAP + 4 * queries + 4 * keys + 2 * sums);
    firstKeys = new IntArray(Math.max(1, capacity));
    var context = new KernelContext();
    int heads = shape.heads();
    int keyHeads = shape.keyHeads();
    int width = shape.headWidth();
    graph
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, control, data, firstKeys)
        .task(
            "forward",
            AttentionProblem::forward,
            context,
            control,
            data,
            firstKeys,
            capacity,
            heads,
            keyHeads,
            width)
        .task(
            "queries",
            AttentionProblem::queries,
            context,
            control,
            data,
            firstKeys,
            capacity,
            heads,
            keyHeads,
            width)
        .task(
            "keys",
            AttentionProblem::keys,
            context,
            control,
            data,
            firstKeys,
            capacity,
            heads,
            keyHeads,
            width)
        .transferToHost(DataTransferMode.EVERY_EXECUTION, data);
    scheduler.addWorkerGrid("attention.forward", AttentionKernels.queryGrid(batch, time, heads));
    scheduler.addWorkerGrid("attention.queries", AttentionKernels.queryGrid(batch, time, heads));
    scheduler.addWorkerGrid("attention.keys", AttentionKernels.keyGrid(batch, time, keyHeads));
  }

  static void forward(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      int capacity,
      int heads,
      int keyHeads,
      int width) {
    int queries = capacity * heads * width;
    int keys = capacity * keyHeads * width;
    int outputs = GAP + 2 * queries + 2 * keys;
    AttentionKernels.forward(
        context,
        data,
        GAP,
        data,
        GAP + queries,
        data,
        GAP + queries + keys,
        data,
        outputs,
        data,
        outputs + 2 * queries + 2 * keys,
        firstKeys,
        control.get(0),
        control.get(1),
        control.get(2),
        heads,
        keyHeads,
        width);
  }

  static void queries(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      int capacity,
      int heads,
      int keyHeads,
      int width) {
    int queries = capacity * heads * width;
    int keys = capacity * keyHeads * width;
    int outputs = GAP + 2 * queries + 2 * keys;
    int sums = outputs + 2 * queries + 2 * keys;
    AttentionKernels.gradientOfQueries(
        context,
        data,
        GAP,
        data,
        GAP + queries,
        data,
        GAP + queries + keys,
        data,
        outputs,
        data,
        sums,
        data,
        GAP + queries + 2 * keys,
        data,
        sums + capacity * heads,
        data,
        outputs + queries,
        firstKeys,
        control.get(0),
        control.get(1),
        control.get(2),
        heads,
        keyHeads,
        width);
  }

  static void keys(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      int capacity,
      int heads,
      int keyHeads,
      int width) {
    int queries = capacity * heads * width;
    int keys = capacity * keyHeads * width;
    int outputs = GAP + 2 * queries + 2 * keys;
    int sums = outputs + 2 * queries + 2 * keys;
    AttentionKernels.gradientOfKeys(
        context,
        data,
        GAP,
        data,
        GAP + queries,
        data,
        GAP + queries + keys,
        data,
        sums,
        data,
        GAP + queries + 2 * keys,
        data,
        sums + capacity * heads,
        data,
        outputs + 2 * queries,
        data,
        outputs + 2 * queries + keys,
        firstKeys,
        control.get(0),
        control.get(1),
        control.get(2),
        heads,
        keyHeads,
        width);
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
        control.set(0, batch * time);
        control.set(1, time);
        control.set(2, window);
        plan.execute();
        worst = Math.max(worst, compare(seed, batch, time, window));
      }
    }
    return worst;
  }

  private int outputsAt() {
    return GAP + 2 * capacity * (shape.heads() + shape.keyHeads()) * shape.headWidth();
  }

  private void fill(long seed, int time, int meanLength) {
    var random = new SplittableRandom(seed);
    data.init(UNWRITTEN);
    for (int i = 0; i < outputsAt(); i++) {
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
    int queries = shape.heads() * shape.headWidth();
    int keys = shape.keyHeads() * shape.headWidth();
    int[] first = new int[rows];
    for (int row = 0; row < rows; row++) {
      first[row] = firstKeys.get(row);
    }
    try (var arena = Arena.ofConfined();
        var kernels = new ScalarKernels()) {
      int at = GAP;
      Tensor q = KernelHarness.tensor(data, at, rows * queries);
      at += capacity * queries;
      Tensor k = KernelHarness.tensor(data, at, rows * keys);
      at += capacity * keys;
      Tensor v = KernelHarness.tensor(data, at, rows * keys);
      at += capacity * keys;
      Tensor dy = KernelHarness.tensor(data, at, rows * queries);
      Tensor y = Tensor.allocate(arena, rows * queries);
      Tensor sums = Tensor.allocate(arena, rows * shape.heads());
      Tensor dq = Tensor.allocate(arena, rows * queries);
      Tensor dk = Tensor.allocate(arena, rows * keys);
      Tensor dv = Tensor.allocate(arena, rows * keys);
      var band = AttentionBand.within(batch, time, window, first);
      var call = new AttentionCall(shape, band, q, k, v, y, sums);
      kernels.attention(call);
      kernels.attentionGradient(new AttentionGradientCall(call, dy, dq, dk, dv));
      String where = "seed " + seed + ", window " + window + ": ";
      int seen = Math.min(window, time);
      double one = 8 * ULP * (shape.headWidth() + seen);
      double many = one * Math.sqrt(1.0 + seen * (shape.heads() / shape.keyHeads()));
      int dqAt = outputsAt() + capacity * queries;
      int dkAt = dqAt + capacity * queries;
      int dvAt = dkAt + capacity * keys;
      int sumsAt = dvAt + capacity * keys;
      double worst = differ(where + "y", y, rows, outputsAt(), capacity * queries, one);
      worst = Math.max(worst, differ(where + "dq", dq, rows, dqAt, capacity * queries, one));
      worst = Math.max(worst, differ(where + "dk", dk, rows, dkAt, capacity * keys, many));
      worst = Math.max(worst, differ(where + "dv", dv, rows, dvAt, capacity * keys, many));
      return Math.max(
          worst, differ(where + "sums", sums, rows, sumsAt, capacity * shape.heads(), one));
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
