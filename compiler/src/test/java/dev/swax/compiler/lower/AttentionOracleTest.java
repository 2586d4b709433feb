package dev.swax.compiler.lower;

import static dev.swax.compiler.lower.OracleFile.requireClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attention and rotations against transformers 5.18 in float64: the eager attention of gpt-oss with
 * sinks and a window of 3, of Gemma 2 with a cap, of Llama 4 with chunks of 4 tokens and values
 * narrower than keys; the rotations of Llama, gpt-oss, Cohere and GLM, with their frequencies.
 */
class AttentionOracleTest {
  /** Double against double: sums of some ten terms. */
  private static final double TOLERANCE = 1e-13;

  private record Case(String name, int window, AttentionShape shape) {}

  static Stream<Case> attentions() {
    var shape = new AttentionShape(4, 2, 4);
    return Stream.of(
        new Case("sinks", 3, shape.withSinks()),
        new Case("cap", 100, shape.withScale(0.3).withCap(1.5)),
        new Case("chunked", 100, shape.withChunk(4).withValueWidth(3)));
  }

  @ParameterizedTest
  @MethodSource("attentions")
  void attentionIsThatOfItsReference(Case of) throws IOException {
    OracleFile file = OracleFile.read("attention_" + of.name + ".txt");
    var bindings = new Bindings(file.size("q", 0), file.size("q", 1)).windows(of.window);
    var graph = new Graph.Builder();
    var operands = new ArrayList<ValueId>();
    for (String name : List.of("q", "k", "v")) {
      operands.add(input(name, file, graph, bindings));
    }
    if (of.shape.sinks()) {
      bindings.value("sinks", Matrix.of(1, of.shape.heads(), file.of("sinks")));
      operands.add(graph.add(new Op.Parameter("sinks", TensorType.fixed(1, of.shape.heads()))));
    }
    graph.result("y", graph.add(new Op.Attention(of.shape, 0), operands, "y"));
    bindings.value("dy", matrix(file, "dy"));
    Evaluation found = Interpreter.run(Gradient.of(graph.build()), bindings);
    requireClose("y", found.result("y").values(), file.of("y"), TOLERANCE);
    for (String name : List.of("dq", "dk", "dv")) {
      requireClose(name, found.result(name).values(), file.of(name), TOLERANCE);
    }
    if (of.shape.sinks()) {
      requireClose("dsinks", found.result("d:sinks").values(), file.of("dsinks"), TOLERANCE);
    }
  }

  private static final List<Double> FACTORS = List.of(1.0, 1.5, 4.0, 20.0);

  private record Turn(String name, Rotation rotation) {}

  static Stream<Turn> rotations() {
    return Stream.of(
        half("half", 8, 1e4, new RopeScaling.None()),
        half("linear", 8, 1e4, new RopeScaling.Linear(8)),
        half("llama3", 16, 500, new RopeScaling.Llama3(8, 1, 4, 64)),
        half("yarn", 16, 1e4, yarn(4, true, RopeScaling.Yarn.magnitude(4))),
        half("yarn_whole", 16, 150_000, yarn(32, false, RopeScaling.Yarn.magnitude(32))),
        half(
            "yarn_mscale",
            16,
            1e4,
            yarn(40, true, (0.1 * Math.log(40) + 1) / (0.05 * Math.log(40) + 1))),
        half("longrope", 8, 1e4, new RopeScaling.LongRope(FACTORS, 1.25)),
        new Turn("neighbours", Rotation.plain(8, 1e4)),
        new Turn(
            "share", new Rotation(8, 4, 1e4, Rotation.Pairs.INTERLEAVED, new RopeScaling.None())));
  }

  private static Turn half(String name, int width, double base, RopeScaling scaling) {
    return new Turn(name, new Rotation(width, width, base, Rotation.Pairs.HALF, scaling));
  }

  private static RopeScaling yarn(double factor, boolean truncate, double magnitude) {
    return new RopeScaling.Yarn(factor, 4096, 32, 1, truncate, magnitude);
  }

  @ParameterizedTest
  @MethodSource("rotations")
  void rotationIsThatOfItsReference(Turn of) throws IOException {
    OracleFile file = OracleFile.read("rotations.txt");
    String prefix = of.name + ".";
    double[] expected = file.of(prefix + "frequencies");
    double[] frequencies = of.rotation.frequencies();
    assertThat(frequencies).hasSameSizeAs(expected);
    for (int i = 0; i < frequencies.length; i++) {
      assertThat(frequencies[i] / expected[i]).isCloseTo(1, within(1e-14));
    }
    var bindings = new Bindings(1, file.size(prefix + "x", 0));
    var graph = new Graph.Builder();
    ValueId x = graph.add(new Op.Input("x", TensorType.tokens(file.size(prefix + "x", 1))));
    bindings.value("x", matrix(file, prefix + "x")).value("dy", matrix(file, prefix + "dy"));
    graph.result("y", graph.add(new Op.Rope(2, of.rotation, false), x));
    Evaluation found = Interpreter.run(Gradient.of(graph.build()), bindings);
    requireClose("y", found.result("y").values(), file.of(prefix + "y"), TOLERANCE);
    requireClose("dx", found.result("dx").values(), file.of(prefix + "dx"), TOLERANCE);
  }

  private static ValueId input(
      String name, OracleFile file, Graph.Builder graph, Bindings bindings) {
    Matrix value = matrix(file, name);
    bindings.value(name, value);
    return graph.add(new Op.Input(name, TensorType.tokens(value.columns())));
  }

  private static Matrix matrix(OracleFile file, String name) {
    double[] values = file.of(name);
    int columns = file.columns(name);
    return Matrix.of(values.length / columns, columns, values);
  }
}
