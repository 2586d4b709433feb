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
import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Families of matrices against numbers of the plain PyTorch forms of flash-linear-attention 0.5.2
 * in float64: values, the last state, and all gradients. The scale is 1 / sqrt(K).
 */
class MatrixOracleTest {
  @ParameterizedTest
  @CsvSource({
    "gla.txt, GLA",
    "delta_net.txt, DELTA",
    "gated_delta.txt, DELTA",
    "kda.txt, KDA",
    "rwkv7.txt, RWKV7"
  })
  void interpreterGivesTheSame(String name, MatrixOracle oracle) throws IOException {
    OracleFile file = OracleFile.read(name);
    MatrixShape shape = oracle.shape(file);
    var graph = new Graph.Builder();
    var bindings = new Bindings(file.size("q", 0), file.size("q", 1));
    var ids = new ArrayList<ValueId>();
    for (String operand : shape.operands()) {
      double[] values = oracle.operand(file, operand);
      ids.add(input(graph, bindings, operand, values, shape.columns(operand)));
    }
    ValueId y = graph.add(new Op.Recurrence(shape), ids, null);
    graph.result("y", y);
    var all = new ArrayList<>(ids);
    all.add(y);
    all.add(input(graph, bindings, "dy", file.of("dy"), shape.columns("y")));
    ValueId gradient = graph.add(new Op.RecurrenceGradient(shape), all, null);
    for (int i = 0; i < ids.size(); i++) {
      graph.result("d" + i, i == 0 ? gradient : graph.add(new Op.Part(i), gradient));
    }
    Evaluation found = Interpreter.run(graph.build(), bindings);
    // Double against double: sums of some hundred terms.
    requireClose("y", found.result("y").values(), file.of("y"), 1e-12);
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      gradients.put(shape.operands().get(i), found.result("d" + i).values());
    }
    oracle
        .gradients(file, gradients)
        .forEach((of, values) -> requireClose(of, values, file.of(of), 1e-12));
  }

  private static ValueId input(
      Graph.Builder graph, Bindings bindings, String name, double[] values, int columns) {
    bindings.value(name, Matrix.of(values.length / columns, columns, values));
    return graph.add(new Op.Input(name, TensorType.tokens(columns)));
  }

  @ParameterizedTest
  @CsvSource({
    "gla.txt, GLA",
    "gla_carried.txt, GLA",
    "delta_net.txt, DELTA",
    "gated_delta.txt, DELTA",
    "gated_delta_carried.txt, DELTA",
    "kda.txt, KDA",
    "kda_carried.txt, KDA",
    "rwkv7.txt, RWKV7",
    "rwkv7_carried.txt, RWKV7"
  })
  void kernelsGiveTheSame(String name, MatrixOracle oracle) throws IOException {
    OracleFile file = OracleFile.read(name);
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      // Products of inputs rounded to fp32, and results; and sums over chunks in fp32.
      compare(scalar, file, oracle, 8);
      compare(vector, file, oracle, 64);
    }
  }

  private static void compare(
      Kernels kernels, OracleFile file, MatrixOracle oracle, int roundings) {
    MatrixShape shape = oracle.shape(file);
    try (Arena arena = Arena.ofShared()) {
      List<Tensor> operands =
          shape.operands().stream().map(of -> tensor(arena, oracle.operand(file, of))).toList();
      List<Tensor> gradients =
          operands.stream().map(operand -> Tensor.allocate(arena, operand.length())).toList();
      Tensor y = Tensor.allocate(arena, file.of("y").length);
      double[] empty = new double[file.of("last").length];
      double[] state = file.has("state") ? file.of("state") : empty;
      Tensor last = tensor(arena, state);
      kernels.recurrence(call(file, shape, operands, y, last));
      Tensor dState = tensor(arena, file.has("dlast") ? file.of("dlast") : empty);
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              call(file, shape, operands, y, tensor(arena, state)),
              tensor(arena, file.of("dy")),
              gradients,
              List.of(dState)));
      double tolerance = roundings * 0x1p-24;
      requireClose("y", values(y), file.of("y"), tolerance);
      requireClose("last", values(last), file.of("last"), tolerance);
      Map<String, double[]> found = new LinkedHashMap<>();
      for (int i = 0; i < gradients.size(); i++) {
        found.put(shape.operands().get(i), values(gradients.get(i)));
      }
      oracle
          .gradients(file, found)
          .forEach((of, values) -> requireClose(of, values, file.of(of), tolerance));
      if (file.has("dstate")) {
        requireClose("dstate", values(dState), file.of("dstate"), tolerance);
      }
    }
  }

  private static RecurrenceCall call(
      OracleFile file, MatrixShape shape, List<Tensor> operands, Tensor y, Tensor state) {
    int batch = file.size("q", 0);
    int time = file.size("q", 1);
    return new RecurrenceCall(shape, operands, List.of(y), List.of(state), batch, time, null);
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
