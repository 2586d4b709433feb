package dev.swax.compiler.lower;

import static dev.swax.compiler.lower.OracleFile.requireClose;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vector decay against numbers of the plain PyTorch form of flash-linear-attention 0.5.2,
 * {@code ops.gla.naive} in float64: values, the last state, and all gradients. The scale is 1 /
 * sqrt(K).
 */
class GlaOracleTest {
  private static GlaShape shape(OracleFile oracle) {
    int key = oracle.size("q", 3);
    float scale = (float) (1 / Math.sqrt(key));
    return new GlaShape(oracle.size("q", 2), key, oracle.size("v", 3), scale);
  }

  @Test
  void interpreterGivesTheSame() throws IOException {
    OracleFile oracle = OracleFile.read("gla.txt");
    GlaShape shape = shape(oracle);
    var graph = new Graph.Builder();
    var bindings = new Bindings(oracle.size("q", 0), oracle.size("q", 1));
    var all = new ArrayList<ValueId>();
    for (String name : shape.operands()) {
      all.add(input(graph, bindings, oracle, name, shape.columns(name)));
    }
    ValueId y = graph.add(new Op.Recurrence(shape), List.copyOf(all), null);
    graph.result("y", y);
    all.add(y);
    all.add(input(graph, bindings, oracle, "dy", shape.columns("y")));
    ValueId gradient = graph.add(new Op.RecurrenceGradient(shape), all, null);
    for (int i = 0; i < shape.operands().size(); i++) {
      String name = "d" + shape.operands().get(i);
      graph.result(name, i == 0 ? gradient : graph.add(new Op.Part(i), gradient));
    }
    Evaluation found = Interpreter.run(graph.build(), bindings);
    // Double against double: sums of some hundred terms.
    requireClose("y", found.result("y").values(), oracle.of("y"), 1e-12);
    for (String operand : shape.operands()) {
      String name = "d" + operand;
      requireClose(name, found.result(name).values(), oracle.of(name), 1e-12);
    }
  }

  private static ValueId input(
      Graph.Builder graph, Bindings bindings, OracleFile oracle, String name, int columns) {
    double[] values = oracle.of(name);
    bindings.value(name, Matrix.of(values.length / columns, columns, values));
    return graph.add(new Op.Input(name, TensorType.tokens(columns)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gla.txt", "gla_carried.txt"})
  void kernelsGiveTheSame(String file) throws IOException {
    OracleFile oracle = OracleFile.read(file);
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      // Results rounded once, and sums over chunks in fp32.
      compare(scalar, oracle, 2);
      compare(vector, oracle, 64);
    }
  }

  private static void compare(Kernels kernels, OracleFile oracle, int roundings) {
    GlaShape shape = shape(oracle);
    try (Arena arena = Arena.ofShared()) {
      List<Tensor> operands =
          shape.operands().stream().map(name -> tensor(arena, oracle.of(name))).toList();
      List<Tensor> gradients =
          operands.stream().map(operand -> Tensor.allocate(arena, operand.length())).toList();
      Tensor y = Tensor.allocate(arena, oracle.of("y").length);
      double[] empty = new double[oracle.of("last").length];
      double[] state = oracle.has("state") ? oracle.of("state") : empty;
      Tensor last = tensor(arena, state);
      kernels.recurrence(call(oracle, operands, y, last));
      Tensor dState = tensor(arena, oracle.has("dlast") ? oracle.of("dlast") : empty);
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              call(oracle, operands, y, tensor(arena, state)),
              tensor(arena, oracle.of("dy")),
              gradients,
              List.of(dState)));
      double tolerance = roundings * 0x1p-24;
      requireClose("y", values(y), oracle.of("y"), tolerance);
      requireClose("last", values(last), oracle.of("last"), tolerance);
      for (int i = 0; i < gradients.size(); i++) {
        String name = "d" + shape.operands().get(i);
        requireClose(name, values(gradients.get(i)), oracle.of(name), tolerance);
      }
      if (oracle.has("dstate")) {
        requireClose("dstate", values(dState), oracle.of("dstate"), tolerance);
      }
    }
  }

  private static RecurrenceCall call(
      OracleFile oracle, List<Tensor> operands, Tensor y, Tensor state) {
    int batch = oracle.size("q", 0);
    int time = oracle.size("q", 1);
    return new RecurrenceCall(
        shape(oracle), operands, List.of(y), List.of(state), batch, time, null);
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
