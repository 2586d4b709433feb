package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Kernels of a recurrence, as they train and token by token, against its meaning in double. */
final class RecurrenceCheck {
  private final RecurrenceShape shape;
  private final List<Matrix> operands;
  private final boolean[] starts;
  private final int batch;
  private final int time;
  private final String label;
  private final Evaluation expected;

  /**
   * @param operands whose values fp32 holds exactly, then the gradient of the result
   * @param label of a failure
   */
  RecurrenceCheck(
      RecurrenceShape shape,
      List<Matrix> operands,
      boolean[] starts,
      int batch,
      int time,
      String label) {
    this.shape = shape;
    this.operands = List.copyOf(operands);
    this.starts = starts;
    this.batch = batch;
    this.time = time;
    this.label = label;
    expected = evaluate();
  }

  /** The largest of all numbers that the meaning gives. */
  double largest() {
    return expected.results().values().stream()
        .mapToDouble(RecurrenceCheck::largest)
        .max()
        .orElse(0);
  }

  private Evaluation evaluate() {
    var graph = new Graph.Builder();
    var bindings = new Bindings(batch, time).documentStarts(starts);
    var ids = new ArrayList<ValueId>();
    for (int i = 0; i < operands.size(); i++) {
      Matrix operand = operands.get(i);
      bindings.value("x" + i, operand);
      boolean parameter =
          i < shape.operands().size() && shape.parameters().contains(shape.operands().get(i));
      TensorType type =
          parameter
              ? TensorType.fixed(operand.rows(), operand.columns())
              : TensorType.tokens(operand.columns());
      ids.add(graph.add(parameter ? new Op.Parameter("x" + i, type) : new Op.Input("x" + i, type)));
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

  void compare(Kernels kernels) {
    compare(kernels, 1);
  }

  /** The same with a tolerance for values that are as large inside the recurrence. */
  void compare(Kernels kernels, double inside) {
    try (Arena arena = Arena.ofShared()) {
      List<Tensor> in = operands.stream().map(matrix -> tensor(arena, matrix)).toList();
      List<Tensor> read = in.subList(0, in.size() - 1);
      List<Tensor> kept = allocate(arena, shape.results(), batch * time);
      List<Tensor> steps = allocate(arena, shape.results(), batch * time);
      List<Tensor> gradients =
          read.stream().map(operand -> Tensor.allocate(arena, operand.length())).toList();
      kernels.recurrence(call(read, kept, allocate(arena, shape.states(), batch)));
      kernels.recurrenceByToken(call(read, steps, allocate(arena, shape.states(), batch)));
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              call(read, kept, List.of()), in.getLast(), gradients, List.of()));
      String name = kernels.getClass().getSimpleName();
      double terms = ((double) time * shape.stateRows() + 64) * inside;
      requireClose(kept.getFirst(), expected.result("y"), terms, name + " as it trains");
      requireClose(steps.getFirst(), expected.result("y"), terms, name + " token by token");
      for (int i = 0; i < gradients.size(); i++) {
        requireClose(gradients.get(i), expected.result("d" + i), terms, name + " gradient " + i);
      }
    }
  }

  private RecurrenceCall call(List<Tensor> read, List<Tensor> results, List<Tensor> states) {
    return new RecurrenceCall(shape, read, results, states, batch, time, starts);
  }

  private List<Tensor> allocate(Arena arena, List<String> names, int rows) {
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
  private void requireClose(Tensor actual, Matrix wanted, double terms, String what) {
    double tolerance = 4 * 0x1p-24 * terms * Math.max(1, largest(wanted));
    for (int i = 0; i < wanted.values().length; i++) {
      assertThat((double) actual.get(i))
          .as("%s, element %d, %s", what, i, label)
          .isCloseTo(wanted.values()[i], within(tolerance));
    }
  }

  private static double largest(Matrix matrix) {
    double largest = 0;
    for (double value : matrix.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
