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
import dev.swax.runtime.kernel.delta.DeltaShape;
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
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The delta rule against numbers of the plain PyTorch forms of flash-linear-attention 0.5.2, {@code
 * ops.gated_delta_rule.naive} and {@code ops.delta_rule.naive} in float64: values, the last state,
 * and all gradients. Keys are 1 long; the scale is 1 / sqrt(K).
 */
class DeltaOracleTest {
  /** A file, and what it is about. */
  private record Oracle(OracleFile file, int batch, int time, DeltaShape shape, boolean carried) {
    static Oracle read(String name) throws IOException {
      OracleFile file = OracleFile.read(name);
      int key = file.size("q", 3);
      var shape =
          new DeltaShape(
              file.size("q", 2),
              key,
              file.size("v", 3),
              (float) (1 / Math.sqrt(key)),
              file.has("log_decay"));
      return new Oracle(file, file.size("q", 0), file.size("q", 1), shape, file.has("state"));
    }

    double[] of(String name) {
      return file.of(name);
    }

    /** What an operand is in terms of the names in the file. */
    double[] operand(String name) {
      return switch (name) {
        case "write" -> of("beta");
        case "erase" -> shape.decay() ? timesDecay(of("beta")) : of("beta");
        default -> of(name);
      };
    }

    private double[] timesDecay(double[] x) {
      double[] product = x.clone();
      for (int i = 0; i < x.length; i++) {
        product[i] *= Math.exp(of("log_decay")[i]);
      }
      return product;
    }

    /** The gradients by the names in the file, of those of the operands. */
    Map<String, double[]> gradients(Map<String, double[]> operands) {
      Map<String, double[]> gradients = new LinkedHashMap<>();
      for (String name : List.of("q", "k", "v")) {
        gradients.put("d" + name, Objects.requireNonNull(operands.get(name)));
      }
      double[] erase = Objects.requireNonNull(operands.get("erase"));
      double[] write = Objects.requireNonNull(operands.get("write"));
      gradients.put("dbeta", sum(shape.decay() ? timesDecay(erase) : erase, write));
      if (shape.decay()) {
        double[] product = operand("erase");
        for (int i = 0; i < product.length; i++) {
          product[i] *= erase[i];
        }
        gradients.put(
            "dlog_decay", sum(product, Objects.requireNonNull(operands.get("log_decay"))));
      }
      return gradients;
    }

    private static double[] sum(double[] a, double[] b) {
      double[] sum = a.clone();
      Arrays.setAll(sum, i -> a[i] + b[i]);
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta_net.txt", "gated_delta.txt"})
  void interpreterGivesTheSame(String file) throws IOException {
    Oracle oracle = Oracle.read(file);
    DeltaShape shape = oracle.shape;
    var graph = new Graph.Builder();
    var bindings = new Bindings(oracle.batch, oracle.time);
    var ids = new ArrayList<ValueId>();
    for (String name : shape.operands()) {
      ids.add(input(graph, bindings, name, oracle.operand(name), shape.columns(name)));
    }
    ValueId y = graph.add(new Op.Recurrence(shape), ids, null);
    graph.result("y", y);
    var all = new ArrayList<>(ids);
    all.add(y);
    all.add(input(graph, bindings, "dy", oracle.of("dy"), shape.columns("y")));
    ValueId gradient = graph.add(new Op.RecurrenceGradient(shape), all, null);
    for (int i = 0; i < ids.size(); i++) {
      graph.result("d" + i, i == 0 ? gradient : graph.add(new Op.Part(i), gradient));
    }
    Evaluation found = Interpreter.run(graph.build(), bindings);
    // Double against double: sums of some hundred terms.
    requireClose("y", found.result("y").values(), oracle.of("y"), 1e-12);
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      gradients.put(shape.operands().get(i), found.result("d" + i).values());
    }
    oracle
        .gradients(gradients)
        .forEach((name, values) -> requireClose(name, values, oracle.of(name), 1e-12));
  }

  private static ValueId input(
      Graph.Builder graph, Bindings bindings, String name, double[] values, int columns) {
    bindings.value(name, Matrix.of(values.length / columns, columns, values));
    return graph.add(new Op.Input(name, TensorType.tokens(columns)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta_net.txt", "gated_delta.txt", "gated_delta_carried.txt"})
  void kernelsGiveTheSame(String file) throws IOException {
    Oracle oracle = Oracle.read(file);
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      // Inputs rounded to fp32, of which erase is the only one that it does not hold exactly.
      compare(scalar, oracle, 8);
      compare(vector, oracle, 64);
    }
  }

  private static void compare(Kernels kernels, Oracle oracle, int roundings) {
    DeltaShape shape = oracle.shape;
    try (Arena arena = Arena.ofShared()) {
      List<Tensor> operands =
          shape.operands().stream().map(name -> tensor(arena, oracle.operand(name))).toList();
      List<Tensor> gradients =
          operands.stream().map(operand -> Tensor.allocate(arena, operand.length())).toList();
      Tensor y = Tensor.allocate(arena, oracle.of("y").length);
      double[] empty = new double[oracle.of("last").length];
      double[] state = oracle.carried ? oracle.of("state") : empty;
      Tensor last = tensor(arena, state);
      kernels.recurrence(call(oracle, operands, y, last));
      Tensor dState = tensor(arena, oracle.carried ? oracle.of("dlast") : empty);
      kernels.recurrenceGradient(
          new RecurrenceGradientCall(
              call(oracle, operands, y, tensor(arena, state)),
              tensor(arena, oracle.of("dy")),
              gradients,
              List.of(dState)));
      double tolerance = roundings * 0x1p-24;
      requireClose("y", values(y), oracle.of("y"), tolerance);
      requireClose("last", values(last), oracle.of("last"), tolerance);
      Map<String, double[]> found = new LinkedHashMap<>();
      for (int i = 0; i < gradients.size(); i++) {
        found.put(shape.operands().get(i), values(gradients.get(i)));
      }
      oracle
          .gradients(found)
          .forEach((name, values) -> requireClose(name, values, oracle.of(name), tolerance));
      if (oracle.carried) {
        requireClose("dstate", values(dState), oracle.of("dstate"), tolerance);
      }
    }
  }

  private static RecurrenceCall call(Oracle oracle, List<Tensor> operands, Tensor y, Tensor state) {
    return new RecurrenceCall(
        oracle.shape, operands, List.of(y), List.of(state), oracle.batch, oracle.time, null);
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
