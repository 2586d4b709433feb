package dev.swax.compiler.lower;

import static dev.swax.compiler.lower.OracleFile.requireClose;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Convolutions against PyTorch 2.13's {@code conv1d} in float64, one group for each channel. */
class ConvOracleTest {
  private static final int BATCH = 2;
  private static final int TIME = 9;
  private static final ConvShape SHAPE = new ConvShape(5, 4);

  @Test
  void interpreterGivesTheSame() throws IOException {
    OracleFile file = OracleFile.read("conv.txt");
    var graph = new Graph.Builder();
    var input = graph.add(new Op.Input("input", TensorType.tokens(5)));
    var weight = graph.add(new Op.Parameter("weight", TensorType.fixed(4, 5)));
    var dy = graph.add(new Op.Input("dy", TensorType.tokens(5)));
    var y = graph.add(new Op.Recurrence(SHAPE), input, weight);
    var gradient = graph.add(new Op.RecurrenceGradient(SHAPE), input, weight, y, dy);
    graph.result("y", y);
    graph.result("dinput", gradient);
    graph.result("dweight", graph.add(new Op.Part(1), gradient));
    var bindings = new Bindings(BATCH, TIME);
    for (String name : List.of("input", "weight", "dy")) {
      double[] values = file.of(name);
      bindings.value(name, Matrix.of(values.length / 5, 5, values));
    }
    Evaluation found = Interpreter.run(graph.build(), bindings);
    for (String name : List.of("y", "dinput", "dweight")) {
      requireClose(name, found.result(name).values(), file.of(name), 1e-14);
    }
  }

  @Test
  void kernelsGiveTheSame() throws IOException {
    OracleFile file = OracleFile.read("conv.txt");
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      compare(scalar, file);
      compare(vector, file);
    }
  }

  private static void compare(Kernels kernels, OracleFile file) {
    try (Arena arena = Arena.ofShared()) {
      List<Tensor> operands =
          List.of(tensor(arena, file.of("input")), tensor(arena, file.of("weight")));
      Tensor y = Tensor.allocate(arena, operands.getFirst().length());
      Tensor dInput = Tensor.allocate(arena, y.length());
      Tensor dWeight = Tensor.allocate(arena, operands.getLast().length());
      var call = new RecurrenceCall(SHAPE, operands, List.of(y), List.of(), BATCH, TIME, null);
      kernels.recurrence(call);
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              call, tensor(arena, file.of("dy")), List.of(dInput, dWeight), List.of()));
      // Sums of 4 products, and of all rows.
      requireClose("y", values(y), file.of("y"), 8 * 0x1p-24);
      requireClose("dinput", values(dInput), file.of("dinput"), 8 * 0x1p-24);
      requireClose("dweight", values(dWeight), file.of("dweight"), 2 * BATCH * TIME * 0x1p-24);
    }
  }

  private static Tensor tensor(Arena arena, double[] values) {
    Tensor tensor = Tensor.allocate(arena, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, (float) values[i]);
    }
    return tensor;
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.length())];
    Arrays.setAll(values, tensor::get);
    return values;
  }
}
