package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Random inputs of a recurrence, the two passes of its kernels on a device, and the comparison with
 * the scalar kernels. Each operand, and the workspace, has an array of its own and begins {@link
 * #GAP} floats into it. The workspace is spoilt before each pass.
 */
abstract class RecurrenceProblem {
  static final int GAP = 3;

  private static final float UNWRITTEN = 777f;
  private static final float ULP = 0x1p-24f;

  private final RecurrenceShape shape;
  private final int capacity;
  private final long terms;
  private final SequencedMap<String, FloatArray> arrays = new LinkedHashMap<>();
  private final SequencedMap<String, WorkerGrid> grids = new LinkedHashMap<>();

  final KernelContext context = new KernelContext();
  final FloatArray work;
  final IntArray firstKeys;
  int rows;
  int time;

  /**
   * @param work floats of the workspace
   * @param terms of a sum, where errors add
   */
  RecurrenceProblem(RecurrenceShape shape, int batch, int time, long work, long terms) {
    this.shape = shape;
    this.capacity = batch * time;
    this.terms = terms;
    this.work = new FloatArray(GAP + Math.toIntExact(work));
    this.firstKeys = new IntArray(Math.max(1, capacity));
    for (String name : shape.operands()) {
      make(name, name);
      make(gradient(name), name);
    }
    make("y", "y");
    make("dy", "y");
  }

  private void make(String name, String like) {
    arrays.put(name, new FloatArray(GAP + capacity * shape.columns(like)));
  }

  private static String gradient(String operand) {
    return "d_" + operand;
  }

  /** An operand, its gradient with {@code d_} before its name, y or dy. */
  final FloatArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** The tasks of the forward pass; each has a {@link #grid}. */
  abstract TaskGraph forward(TaskGraph graph);

  /** The tasks of the backward pass. */
  abstract TaskGraph backward(TaskGraph graph);

  /** Says how many threads run a task, and gives its name. */
  final String grid(String task, WorkerGrid grid) {
    grids.put(task, grid);
    return task;
  }

  /**
   * Runs both passes for {@code batch} sequences of {@code time} tokens in documents of about
   * {@code meanLength} and compares everything with the CPU. Where {@code extreme}, some decays are
   * 0.
   */
  final void check(long seed, int batch, int time, int meanLength, boolean extreme) {
    this.rows = batch * time;
    this.time = time;
    fill(new SplittableRandom(seed), meanLength, extreme);
    run(this::forward);
    run(this::backward);
    compare("seed " + seed + ": ", batch);
  }

  private void run(UnaryOperator<TaskGraph> tasks) {
    work.init(Float.NaN);
    grids.clear();
    List<Object> all = new ArrayList<>(arrays.values());
    all.add(work);
    all.add(firstKeys);
    KernelHarness.run(grids, tasks, all.toArray());
  }

  private void fill(SplittableRandom random, int meanLength, boolean extreme) {
    arrays.forEach((name, array) -> {
      boolean given = shape.operands().contains(name) || name.equals("dy");
      for (int i = 0; i < array.getSize(); i++) {
        array.set(i, given ? value(name, random, extreme) : UNWRITTEN);
      }
    });
    firstKeys.init(0);
    for (int row = 0; row < capacity; row++) {
      int t = row % Math.max(1, time);
      boolean border = meanLength < time && t % 64 == 0 && random.nextInt(2) == 0;
      boolean starts = t == 0 || border || random.nextInt(meanLength) == 0;
      firstKeys.set(row, starts ? t : firstKeys.get(row - 1));
    }
  }

  /** Keys are about 1 long, gates between 0 and 1, decays around sigmoid(2). */
  private float value(String name, SplittableRandom random, boolean extreme) {
    double normal = random.nextGaussian();
    return switch (name) {
      case "k" -> (float) (normal / Math.sqrt(shape.stateRows()));
      case "erase" -> (float) (0.9 / (1 + Math.exp(-normal)));
      case "write" -> (float) (1 / (1 + Math.exp(-normal)));
      case "log_decay" -> {
        double gate = random.nextInt(20) == 0 ? -20 : 2 + 2 * normal;
        boolean closed = extreme && random.nextInt(16) == 0;
        yield closed ? -1e5f : (float) -Math.log1p(Math.exp(-gate));
      }
      default -> (float) normal;
    };
  }

  private void compare(String where, int batch) {
    boolean[] resets = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      resets[row] = row % time > 0 && firstKeys.get(row) == row % time;
    }
    try (var arena = Arena.ofConfined();
        var kernels = new ScalarKernels()) {
      Tensor y = Tensor.allocate(arena, (long) rows * shape.columns("y"));
      List<Tensor> operands =
          shape.operands().stream().map(name -> tensor(name, shape.columns(name))).toList();
      List<Tensor> gradients =
          operands.stream().map(operand -> Tensor.allocate(arena, operand.length())).toList();
      var call = new RecurrenceCall(shape, operands, List.of(y), List.of(), batch, time, resets);
      kernels.recurrence(call);
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(call, tensor("dy", shape.columns("y")), gradients, List.of()));
      differ(where, "y", "y", y);
      for (int i = 0; i < gradients.size(); i++) {
        String operand = shape.operands().get(i);
        differ(where, gradient(operand), operand, gradients.get(i));
      }
    }
  }

  private Tensor tensor(String name, int columns) {
    return KernelHarness.tensor(array(name), GAP, rows * columns);
  }

  /** Errors are relative to the largest value; nothing is written past the rows. */
  private void differ(String where, String name, String like, Tensor expected) {
    int length = rows * shape.columns(like);
    double most = 0;
    for (int i = 0; i < length; i++) {
      most = Math.max(most, Math.abs(expected.get(i)));
    }
    double allowed = 2 * ULP * terms * most;
    FloatArray found = array(name);
    for (int i = 0; i < found.getSize(); i++) {
      float value = found.get(i);
      if (i < GAP || i - GAP >= length) {
        assertThat(value).as(where + name + ", outside: " + (i - GAP)).isEqualTo(UNWRITTEN);
      } else {
        assertThat((double) value)
            .as(where + name + "[" + (i - GAP) + "]")
            .isCloseTo(expected.get(i - GAP), within(allowed));
      }
    }
  }
}
