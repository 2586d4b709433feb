package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Random inputs of a memory, its kernels as two task graphs, and the comparison with the CPU. The
 * workspace is spoilt before each pass.
 */
final class MemoryProblem {
  private static final float UNWRITTEN = 777f;
  private static final float ULP = 0x1p-24f;

  private final MemoryShape shape;
  private final int capacity;
  private final FloatArray data;
  private final FloatArray work;
  private final IntArray firstKeys;
  private final IntArray control = new IntArray(2);
  private final KernelContext context = new KernelContext();
  private final GridScheduler scheduler = new GridScheduler();
  private final TaskGraph forward;
  private final TaskGraph backward;

  /** Sizes of gates to draw. */
  enum Gates {
    /** Around sigmoid(2) and e^N(0, 1). */
    USUAL,
    /** Now and then -1e5 for the forget gate and +40 or -40 for the input gate. */
    EXTREME
  }

  MemoryProblem(MemoryShape shape, int batch, int time) {
    this.shape = shape;
    capacity = batch * time;
    data = new FloatArray(at(MemoryTasks.END));
    int heads = shape.heads();
    int keyWidth = shape.keyWidth();
    int valueWidth = shape.valueWidth();
    long workspace = MemoryKernels.workspace(batch, time, heads, keyWidth, valueWidth);
    work = new FloatArray(MemoryTasks.GAP + Math.toIntExact(workspace));
    firstKeys = new IntArray(capacity);
    WorkerGrid state = MemoryKernels.stateGrid(batch, time, heads, keyWidth, valueWidth);
    WorkerGrid scan = MemoryKernels.scanGrid(batch, heads, keyWidth, valueWidth);
    WorkerGrid chunk = MemoryKernels.chunkGrid(batch, time, heads);
    WorkerGrid keys = MemoryKernels.columnGrid(batch, time, heads, keyWidth);
    WorkerGrid values = MemoryKernels.columnGrid(batch, time, heads, valueWidth);
    forward = graph("forward");
    add(forward, "gates", MemoryTasks::gates, MemoryKernels.headGrid(batch, heads));
    add(forward, "increments", MemoryTasks::increments, state);
    add(forward, "scan", MemoryTasks::scan, scan);
    add(forward, "scores", MemoryTasks::scores, chunk);
    add(forward, "outputs", MemoryTasks::outputs, values);
    forward.transferToHost(DataTransferMode.EVERY_EXECUTION, data);
    backward = graph("backward");
    add(backward, "gates", MemoryTasks::gates, MemoryKernels.headGrid(batch, heads));
    add(backward, "increments", MemoryTasks::increments, state);
    add(backward, "scan", MemoryTasks::scan, scan);
    add(backward, "readout", MemoryTasks::readout, MemoryKernels.tokenGrid(batch, time, heads));
    add(backward, "slopeIncrements", MemoryTasks::slopeIncrements, state);
    add(backward, "slopeScan", MemoryTasks::slopeScan, scan);
    add(backward, "scoreSlopes", MemoryTasks::scoreSlopes, chunk);
    add(backward, "gradientOfQueries", MemoryTasks::gradientOfQueries, keys);
    add(backward, "gradientOfKeys", MemoryTasks::gradientOfKeys, keys);
    add(backward, "gradientOfValues", MemoryTasks::gradientOfValues, values);
    add(backward, "gradientOfGates", MemoryTasks::gradientOfGates, chunk);
    backward.transferToHost(DataTransferMode.EVERY_EXECUTION, data);
  }

  private TaskGraph graph(String name) {
    return new TaskGraph(name)
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, control, data, firstKeys, work);
  }

  private void add(
      TaskGraph graph,
      String name,
      Task11<
              KernelContext,
              IntArray,
              FloatArray,
              IntArray,
              FloatArray,
              Integer,
              Integer,
              Integer,
              Integer,
              Integer,
              Integer>
          task,
      WorkerGrid grid) {
    graph.task(
        name,
        task,
        context,
        control,
        data,
        firstKeys,
        work,
        capacity,
        shape.heads(),
        shape.keyWidth(),
        shape.valueWidth(),
        shape.normalizer().ordinal(),
        (shape.inputGate() ? 1 : 0) + (shape.forgetGate() ? 2 : 0));
    scheduler.addWorkerGrid(graph.getTaskGraphName() + "." + name, grid);
  }

  private int at(int operand) {
    return MemoryTasks.at(operand, capacity, shape.heads(), shape.keyWidth(), shape.valueWidth());
  }

  /**
   * Runs both passes for {@code batch} sequences of {@code time} tokens in documents of about
   * {@code meanLength} and compares everything with the CPU. Gives the largest error as a part of
   * the tolerance.
   */
  double check(long seed, int batch, int time, int meanLength, Gates gates)
      throws TornadoExecutionPlanException {
    fill(seed, time, meanLength, gates);
    run(batch, time);
    return compare(seed, batch, time);
  }

  /**
   * Whether y is NaN from the first token on whose forget gate is, and a number before it; one
   * sequence, one head.
   */
  boolean spreadsNaN(long seed, int time, int from) throws TornadoExecutionPlanException {
    fill(seed, time, Integer.MAX_VALUE, Gates.USUAL);
    data.set(at(MemoryTasks.FORGET) + from, Float.NaN);
    run(1, time);
    boolean right = true;
    for (int t = 0; t < time; t++) {
      for (int c = 0; c < shape.valueWidth(); c++) {
        float y = data.get(at(MemoryTasks.Y) + t * shape.valueWidth() + c);
        right &= Float.isNaN(y) == (t >= from);
      }
    }
    return right;
  }

  private void run(int batch, int time) throws TornadoExecutionPlanException {
    control.set(0, batch * time);
    control.set(1, time);
    try (var plan = new TornadoExecutionPlan(forward.snapshot(), backward.snapshot())) {
      plan.withGridScheduler(scheduler);
      work.init(Float.NaN);
      plan.withGraph(0).execute();
      work.init(Float.NaN);
      plan.withGraph(1).execute();
    }
  }

  private void fill(long seed, int time, int meanLength, Gates gates) {
    var random = new SplittableRandom(seed);
    data.init(UNWRITTEN);
    // Sums that divide must not cancel where they are large.
    boolean positive = shape.normalizer() == MemoryShape.Normalizer.SUM || gates == Gates.EXTREME;
    for (int i = 0; i < at(MemoryTasks.INPUT); i++) {
      float value = (float) random.nextGaussian();
      data.set(i, positive && i < at(MemoryTasks.V) ? Math.abs(value) + 0.1f : value);
    }
    for (int i = at(MemoryTasks.INPUT); i < at(MemoryTasks.FORGET); i++) {
      boolean extreme = gates == Gates.EXTREME && random.nextInt(8) == 0;
      double input = extreme ? (random.nextBoolean() ? 40 : -40) : random.nextGaussian();
      data.set(i, (float) input);
    }
    for (int i = at(MemoryTasks.FORGET); i < at(MemoryTasks.Y); i++) {
      double gate = random.nextInt(20) == 0 ? -20 : 2 + 2 * random.nextGaussian();
      boolean extreme = gates == Gates.EXTREME && random.nextInt(16) == 0;
      data.set(i, extreme ? -1e5f : (float) -Math.log1p(Math.exp(-gate)));
    }
    firstKeys.init(0);
    for (int row = 0; row < capacity; row++) {
      int t = row % Math.max(1, time);
      boolean border = meanLength < time && t % 64 == 0 && random.nextInt(2) == 0;
      boolean starts = t == 0 || border || random.nextInt(meanLength) == 0;
      firstKeys.set(row, starts ? t : firstKeys.get(row - 1));
    }
  }

  private double compare(long seed, int batch, int time) {
    int rows = batch * time;
    int tokens = rows * shape.heads();
    int keys = tokens * shape.keyWidth();
    int values = tokens * shape.valueWidth();
    boolean[] resets = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      resets[row] = row % time > 0 && firstKeys.get(row) == row % time;
    }
    try (var arena = Arena.ofConfined();
        var kernels = new ScalarKernels()) {
      Tensor q = KernelHarness.tensor(data, at(MemoryTasks.Q), keys);
      Tensor k = KernelHarness.tensor(data, at(MemoryTasks.K), keys);
      Tensor v = KernelHarness.tensor(data, at(MemoryTasks.V), values);
      Tensor dy = KernelHarness.tensor(data, at(MemoryTasks.DY), values);
      Tensor input = shape.inputGate() ? tensor(MemoryTasks.INPUT, tokens) : null;
      Tensor forget = shape.forgetGate() ? tensor(MemoryTasks.FORGET, tokens) : null;
      Tensor y = Tensor.allocate(arena, values);
      Tensor divisor = Tensor.allocate(arena, tokens);
      Tensor rowMax = Tensor.allocate(arena, tokens);
      Tensor state = Tensor.allocate(arena, (long) batch * shape.stateSize());
      Tensor stateMax = Tensor.allocate(arena, (long) batch * shape.heads());
      Tensor dq = Tensor.allocate(arena, keys);
      Tensor dk = Tensor.allocate(arena, keys);
      Tensor dv = Tensor.allocate(arena, values);
      Tensor dInput = shape.inputGate() ? Tensor.allocate(arena, tokens) : null;
      Tensor dForget = shape.forgetGate() ? Tensor.allocate(arena, tokens) : null;
      List<Tensor> operands = present(q, k, v, input, forget);
      List<Tensor> results = List.of(y, divisor, rowMax);
      kernels.recurrence(
          new RecurrenceCall(
              shape, operands, results, List.of(state, stateMax), batch, time, resets));
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              new RecurrenceCall(shape, operands, results, List.of(), batch, time, resets),
              dy,
              present(dq, dk, dv, dInput, dForget),
              List.of()));
      String where = "seed " + seed + ": ";
      double worst = differ(where + "rowMax", rowMax, rows, MemoryTasks.MAX);
      worst = Math.max(worst, differ(where + "divisor", divisor, rows, MemoryTasks.DIVISOR));
      worst = Math.max(worst, differ(where + "y", y, rows, MemoryTasks.Y));
      worst = Math.max(worst, differ(where + "dq", dq, rows, MemoryTasks.DQ));
      worst = Math.max(worst, differ(where + "dk", dk, rows, MemoryTasks.DK));
      worst = Math.max(worst, differ(where + "dv", dv, rows, MemoryTasks.DV));
      worst = Math.max(worst, differ(where + "dInput", dInput, rows, MemoryTasks.DINPUT));
      return Math.max(worst, differ(where + "dForget", dForget, rows, MemoryTasks.DFORGET));
    }
  }

  private static List<Tensor> present(@Nullable Tensor... tensors) {
    return Arrays.stream(tensors).filter(Objects::nonNull).toList();
  }

  private Tensor tensor(int operand, int length) {
    return KernelHarness.tensor(data, at(operand), length);
  }

  /**
   * Errors are relative to the largest value: sums of K, V and the tokens of a chunk, one after the
   * other, in fp32. A gradient that is not asked for (null) must be unwritten everywhere.
   */
  private double differ(String name, @Nullable Tensor expected, int rows, int operand) {
    int length = at(operand + 1) - at(operand);
    int written = expected == null ? 0 : rows * (length / capacity);
    double most = 0;
    for (int i = 0; expected != null && i < written; i++) {
      most = Math.max(most, Math.abs(expected.get(i)));
    }
    int terms = shape.keyWidth() + shape.valueWidth() + MemoryLayout.CHUNK;
    double allowed = 2 * ULP * terms * most;
    double worst = 0;
    for (int i = 0; i < length; i++) {
      float found = data.get(at(operand) + i);
      if (expected == null || i >= written) {
        assertThat(found).as(name + ": past the rows, " + i).isEqualTo(UNWRITTEN);
      } else {
        double value = expected.get(i);
        assertThat((double) found).as(name + "[" + i + "]").isCloseTo(value, within(allowed));
        worst = Math.max(worst, most == 0 ? 0 : Math.abs(found - value) / allowed);
      }
    }
    return worst;
  }
}
