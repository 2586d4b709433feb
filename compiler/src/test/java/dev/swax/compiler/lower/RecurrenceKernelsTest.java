package dev.swax.compiler.lower;

import static dev.swax.compiler.interpret.FiniteDifferences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.analyze.cell.Cells;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.cell.Recurrence;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recurrences of the standard cells: the kernels, as they train and token by token, against
 * their meaning in double.
 */
class RecurrenceKernelsTest {
  private static final long SEED = 99;
  private static final int BATCH = 2;

  static Stream<Arguments> cases() {
    return Stream.of(
            "mlstm",
            "linear_attention",
            "retention",
            "simple_gla",
            "min_gru",
            "delta_net",
            "gated_delta",
            "gla",
            "hgrn2")
        .flatMap(cell -> Stream.of(1, 17, 64, 65, 150).map(time -> Arguments.of(cell, time)));
  }

  @ParameterizedTest(name = "{0}, {1} tokens")
  @MethodSource("cases")
  void kernelsAreTheRecurrence(String cell, int time) {
    RecurrenceShape shape =
        switch (Cells.standard(cell, 2, 24, 2).recurrence()) {
          case Recurrence.Trained trained -> trained.shape();
        };
    List<Matrix> operands = operands(shape, time);
    boolean[] starts = new boolean[BATCH * time];
    starts[time / 3] = true;
    starts[0] = true;
    Evaluation expected = evaluate(shape, operands, starts, time);
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      compare(scalar, shape, operands, starts, time, expected);
      compare(vector, shape, operands, starts, time, expected);
    }
  }

  /** Values that fp32 holds exactly. */
  private static List<Matrix> operands(RecurrenceShape shape, int time) {
    var random = new SplittableRandom(SEED);
    boolean positive = shape instanceof MemoryShape memory && memory.normalizer() == Normalizer.SUM;
    var operands = new ArrayList<Matrix>();
    boolean unit = shape instanceof DeltaShape;
    for (String name : shape.operands()) {
      Matrix operand = operand(name, random, BATCH * time, shape.columns(name), positive);
      operands.add(unit && name.equals("k") ? shorter(operand, shape.stateRows()) : operand);
    }
    operands.add(normal(random, BATCH * time, shape.columns(shape.results().getFirst()), 0, 1));
    for (Matrix operand : operands) {
      for (int i = 0; i < operand.values().length; i++) {
        operand.values()[i] = (float) operand.values()[i];
      }
    }
    return operands;
  }

  /** Keys that are about 1 long: with longer ones the state of a delta rule grows. */
  private static Matrix shorter(Matrix keys, int width) {
    for (int i = 0; i < keys.values().length; i++) {
      keys.values()[i] /= Math.sqrt(width);
    }
    return keys;
  }

  private static Matrix operand(
      String name, SplittableRandom random, int rows, int columns, boolean positive) {
    return switch (name) {
      case "q", "k" -> normal(random, rows, columns, positive ? 2 : 0, positive ? 0.3 : 1);
      case "log_input" -> normal(random, rows, columns, -2, 1);
      case "log_forget" -> normal(random, rows, columns, -0.1, 0.03);
      case "erase", "write" -> normal(random, rows, columns, 0.5, 0.1);
      case "log_decay" -> normal(random, rows, columns, -0.1, 0.03);
      case "decay" -> normal(random, rows, columns, 0.7, 0.1);
      default -> normal(random, rows, columns, 0, 1);
    };
  }

  private static Evaluation evaluate(
      RecurrenceShape shape, List<Matrix> operands, boolean[] starts, int time) {
    var graph = new Graph.Builder();
    var bindings = new Bindings(BATCH, time).documentStarts(starts);
    var ids = new ArrayList<ValueId>();
    for (int i = 0; i < operands.size(); i++) {
      bindings.value("x" + i, operands.get(i));
      ids.add(graph.add(new Op.Input("x" + i, TensorType.tokens(operands.get(i).columns()))));
    }
    ValueId dy = ids.removeLast();
    ValueId y = graph.add(new Op.Recurrence(shape), ids, null);
    var all = new ArrayList<>(ids);
    all.add(y);
    for (int part = 1; part < shape.results().size(); part++) {
      all.add(graph.add(new Op.Part(part), y));
    }
    all.add(dy);
    graph.result("y", y);
    ValueId gradient = graph.add(new Op.RecurrenceGradient(shape), all, null);
    graph.result("d0", gradient);
    for (int i = 1; i < ids.size(); i++) {
      graph.result("d" + i, graph.add(new Op.Part(i), gradient));
    }
    return Interpreter.run(graph.build(), bindings);
  }

  private static void compare(
      Kernels kernels,
      RecurrenceShape shape,
      List<Matrix> operands,
      boolean[] starts,
      int time,
      Evaluation expected) {
    try (Arena arena = Arena.ofShared()) {
      List<Tensor> in = operands.stream().map(matrix -> tensor(arena, matrix)).toList();
      List<Tensor> read = in.subList(0, in.size() - 1);
      List<Tensor> kept = results(arena, shape, time);
      List<Tensor> steps = results(arena, shape, time);
      var none = List.<Tensor>of();
      kernels.recurrence(
          new RecurrenceCall(shape, read, kept, states(arena, shape), BATCH, time, starts));
      kernels.recurrenceByToken(
          new RecurrenceCall(shape, read, steps, states(arena, shape), BATCH, time, starts));
      List<Tensor> gradients =
          read.stream().map(operand -> Tensor.allocate(arena, operand.length())).toList();
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              new RecurrenceCall(shape, read, kept, none, BATCH, time, starts),
              in.getLast(),
              gradients,
              none));
      String name = kernels.getClass().getSimpleName();
      double terms = (double) time * shape.stateRows() + 64;
      requireClose(kept.getFirst(), expected.result("y"), terms, name + " as it trains");
      requireClose(steps.getFirst(), expected.result("y"), terms, name + " token by token");
      for (int i = 0; i < gradients.size(); i++) {
        requireClose(gradients.get(i), expected.result("d" + i), terms, name + " gradient " + i);
      }
    }
  }

  private static List<Tensor> results(Arena arena, RecurrenceShape shape, int time) {
    return allocate(arena, shape, shape.results(), BATCH * time);
  }

  private static List<Tensor> states(Arena arena, RecurrenceShape shape) {
    return allocate(arena, shape, shape.states(), BATCH);
  }

  private static List<Tensor> allocate(
      Arena arena, RecurrenceShape shape, List<String> names, int rows) {
    return names.stream()
        .map(name -> Tensor.allocate(arena, (long) rows * shape.columns(name)))
        .toList();
  }

  private static Tensor tensor(Arena arena, Matrix matrix) {
    Tensor tensor = Tensor.allocate(arena, matrix.values().length);
    for (int i = 0; i < matrix.values().length; i++) {
      tensor.set(i, (float) matrix.values()[i]);
    }
    return tensor;
  }

  /** Within the rounding of fp32, 2^-24 a term, of sums of so many terms. */
  private static void requireClose(Tensor actual, Matrix expected, double terms, String what) {
    double largest = 0;
    for (double value : expected.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    double tolerance = 4 * 0x1p-24 * terms * Math.max(1, largest);
    for (int i = 0; i < expected.values().length; i++) {
      assertThat((double) actual.get(i))
          .as("%s, element %d, seed %d", what, i, SEED)
          .isCloseTo(expected.values()[i], within(tolerance));
    }
  }
}
