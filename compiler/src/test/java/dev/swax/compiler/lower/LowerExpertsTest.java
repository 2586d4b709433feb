package dev.swax.compiler.lower;

import static dev.swax.compiler.lower.OracleFile.requireClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Routing;
import dev.swax.compiler.model.Routing.Score;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.program.Initializer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mixtures of experts: those of transformers, in float64, and what they are made of. */
class LowerExpertsTest {
  private static final int WIDTH = 6;
  private static final int HIDDEN = 4;
  private static final Initializer ANY = new Initializer.Constant(1);

  /** The published routers, small. */
  enum Published {
    MIXTRAL(Routing.softmax(5, 2)),
    JAMBA(routing(ChoiceShape.of(5, 2), Score.SOFTMAX, false, 1, false)),
    QWEN3_NEXT(Routing.softmax(5, 2)),
    GPT_OSS(
        new Routing(
            ChoiceShape.of(5, 2), Score.SOFTMAX, true, Routing.TINY, 1, true, false, false, 0)),
    LLAMA4(
        new Routing(
            ChoiceShape.of(5, 1), Score.SIGMOID, false, Routing.TINY, 1, false, false, true, 0)),
    DEEPSEEK_V3(routing(new ChoiceShape(6, 3, 3, 2), Score.SIGMOID, true, 2.5, true));

    private final Routing routing;

    Published(Routing routing) {
      this.routing = routing;
    }

    /** From x to y, with what stands beside the experts. */
    Block block(int width, int hidden) {
      var out = new BlockBuilder();
      ValueId x = out.input("x", width);
      Block expert = this == GPT_OSS ? clamped(width, hidden) : swiglu(width, hidden);
      ValueId y = LowerExperts.lower(routing, expert, "ffn.router", x, out);
      y =
          switch (this) {
            case MIXTRAL, JAMBA, GPT_OSS -> y;
            case QWEN3_NEXT -> {
              ValueId shared = swiglu(out, "shared", x, width, 3);
              ValueId weight = out.matrix("shared.share", width, 1, ANY);
              ValueId share = out.unary(UnaryFunction.SIGMOID, out.matmul("share", x, weight));
              ValueId spread = out.graph().add(new Op.SpreadGroups(width), share);
              yield add(out, y, out.binary(BinaryFunction.MULTIPLY, shared, spread));
            }
            case LLAMA4, DEEPSEEK_V3 -> add(out, y, swiglu(out, "shared", x, width, hidden));
          };
      out.graph().result("y", y);
      return out.build("ffn");
    }
  }

  private static Routing routing(
      ChoiceShape choice, Score score, boolean normalized, double scale, boolean corrected) {
    return new Routing(choice, score, normalized, Routing.TINY, scale, false, corrected, false, 0);
  }

  @Test
  void epsilonIsAddedToTheSumOfSigmoids() {
    var routing =
        new Routing(ChoiceShape.of(5, 2), Score.SIGMOID, true, 1e-6, 1, false, false, false, 0);
    var out = new BlockBuilder();
    ValueId x = out.input("x", WIDTH);
    Block expert = swiglu(WIDTH, HIDDEN);
    out.graph().result("y", LowerExperts.lower(routing, expert, "ffn.router", x, out));
    assertThat(out.build("ffn").graph().nodes())
        .extracting(node -> node.op())
        .contains(new Op.Constant(1e-6))
        .doesNotContain(new Op.Constant(Routing.TINY));
  }

  private static ValueId add(BlockBuilder out, ValueId a, ValueId b) {
    return out.binary(BinaryFunction.ADD, a, b);
  }

  private static Block swiglu(int width, int hidden) {
    var out = new BlockBuilder();
    out.graph().result("y", swiglu(out, "ffn", out.input("x", width), width, hidden));
    return out.build("expert");
  }

  private static ValueId swiglu(BlockBuilder out, String name, ValueId x, int width, int hidden) {
    ValueId gate = out.matmul("gate", x, out.matrix(name + ".gate", width, hidden, ANY));
    ValueId up = out.matmul("up", x, out.matrix(name + ".up", width, hidden, ANY));
    ValueId inner = out.binary(BinaryFunction.MULTIPLY, out.unary(UnaryFunction.SILU, gate), up);
    return out.matmul("down", inner, out.matrix(name + ".down", hidden, width, ANY));
  }

  /** With biases, gate and up within -1 and 1. */
  private static Block clamped(int width, int hidden) {
    var out = new BlockBuilder();
    ValueId x = out.input("x", width);
    ValueId gate = biased(out, "ffn.gate", x, hidden);
    ValueId up = biased(out, "ffn.up", x, hidden);
    ValueId low = out.binary(BinaryFunction.MINIMUM, gate, out.constant(1));
    ValueId middle = out.binary(BinaryFunction.MINIMUM, up, out.constant(1));
    middle = out.binary(BinaryFunction.MAXIMUM, middle, out.constant(-1));
    ValueId scaled = out.binary(BinaryFunction.MULTIPLY, low, out.constant(1.702));
    ValueId glu =
        out.binary(BinaryFunction.MULTIPLY, low, out.unary(UnaryFunction.SIGMOID, scaled));
    ValueId one = out.binary(BinaryFunction.ADD, middle, out.constant(1));
    ValueId inner = out.binary(BinaryFunction.MULTIPLY, one, glu);
    out.graph().result("y", biased(out, "ffn.down", inner, width));
    return out.build("expert");
  }

  private static ValueId biased(BlockBuilder out, String name, ValueId x, int columns) {
    ValueId weight = out.matrix(name, out.graph().type(x).columns(), columns, ANY);
    ValueId row = out.graph().add(new Op.SpreadRow(), out.vector(name + "_bias", columns, ANY));
    return add(out, out.matmul("product", x, weight), row);
  }

  @ParameterizedTest
  @EnumSource
  void theInterpreterGivesTheNumbersOfTransformers(Published published) throws IOException {
    OracleFile file = OracleFile.read("experts_" + name(published) + ".txt");
    Block block = published.block(WIDTH, HIDDEN);
    int rows = file.size("x", 0);
    var bindings = new Bindings(1, rows);
    for (String input : List.of("x", "dy")) {
      bindings.value(input, Matrix.of(rows, WIDTH, file.of(input)));
    }
    for (Block.BlockParameter parameter : block.parameters()) {
      double[] values = file.of(parameter.name());
      bindings.value(parameter.name(), Matrix.of(parameter.rows(), parameter.columns(), values));
    }
    var results = Interpreter.run(Gradient.of(block.graph()), bindings).results();
    assertThat(results.keySet())
        .as("gradients")
        .containsAll(file.arrays().keySet().stream().filter(n -> n.startsWith("d:")).toList());
    results.forEach((name, value) -> requireClose(name, value.values(), file.of(name), 1e-10));
  }

  private static String name(Published published) {
    return published.name().toLowerCase(Locale.ROOT);
  }

  /** The same, larger, in a model that trains and that generates token by token. */
  @ParameterizedTest
  @EnumSource
  void kernelsComputeWhatIsMeant(Published published) {
    try (Kernels kernels = new VectorKernels(2)) {
      var check = ProgramCheck.of(around(published.block(20, 11), 20), new int[0], 1);
      check.requireGradients(kernels, false);
      check.requireCarriedState(kernels, false, 4, 1, 1, 7, 2);
    }
  }

  private static LoweredModel around(Block block, int width) {
    var layer = Models.layer(null, Models.silu(1));
    Architecture model = Models.of("random", width, false, 0, new int[0], List.of(layer, layer));
    LoweredModel lowered = LowerModel.lower(model);
    return new LoweredModel(model, lowered.embed(), List.of(block), List.of(0, 0), lowered.head());
  }

  @Test
  void ifAllExpertsAreActiveTheirWeightedSumRemains() {
    int experts = 3;
    var out = new BlockBuilder();
    Block expert = normed(WIDTH, HIDDEN);
    Routing all = routing(ChoiceShape.of(experts, experts), Score.SOFTMAX, false, 1, false);
    out.graph()
        .result("y", LowerExperts.lower(all, expert, "ffn.router", out.input("x", WIDTH), out));
    Block mixture = out.build("ffn");
    var random = new SplittableRandom(7);
    Matrix x = FiniteDifferences.normal(random, 5, WIDTH, 0, 1);
    var bindings = new Bindings(1, 5).value("x", x);
    for (Block.BlockParameter p : mixture.parameters()) {
      bindings.value(p.name(), FiniteDifferences.normal(random, p.rows(), p.columns(), 0.2, 1));
    }
    Matrix found = Interpreter.run(mixture.graph(), bindings).result("y");
    Matrix expected = Matrix.zeros(5, WIDTH);
    Matrix shares = shares(x, bindings.value("ffn.router"));
    for (int e = 0; e < experts; e++) {
      var own = new Bindings(1, 5).value("x", x);
      for (Block.BlockParameter p : expert.parameters()) {
        own.value(p.name(), part(bindings.value(p.name()), e, p.rows(), p.columns()));
      }
      Matrix y = Interpreter.run(expert.graph(), own).result("y");
      for (int t = 0; t < 5; t++) {
        for (int c = 0; c < WIDTH; c++) {
          expected.add(t, c, shares.get(t, e) * y.get(t, c));
        }
      }
    }
    requireClose("y", found.values(), expected.values(), 1e-12);
  }

  /** What else may stand in an expert: a norm of groups, whose weights they share, and biases. */
  private static Block normed(int width, int hidden) {
    var out = new BlockBuilder();
    ValueId inner = biased(out, "ffn.up", out.input("x", width), hidden);
    ValueId gamma = out.vector("ffn.norm", hidden / 2, ANY);
    ValueId scales =
        out.graph()
            .add(
                new Op.SpreadRow(),
                out.graph().add(new Op.ConstantRow(List.of(1.0, 2.0, 3.0, 4.0))));
    ValueId normed = out.rmsNorm("normed", inner, gamma, 2, 1e-3);
    ValueId scaled = out.binary(BinaryFunction.MULTIPLY, normed, scales);
    out.graph().result("y", biased(out, "ffn.down", scaled, width));
    return out.build("expert");
  }

  private static Matrix shares(Matrix x, Matrix router) {
    var graph = new Graph.Builder();
    ValueId input = graph.add(new Op.Input("x", TensorType.tokens(WIDTH)));
    ValueId weight = graph.add(new Op.Parameter("w", TensorType.fixed(WIDTH, router.columns())));
    ValueId logits = graph.add(new Op.MatMul(false, false), input, weight);
    graph.result("y", graph.add(new Op.Softmax(1), logits));
    var bindings = new Bindings(1, x.rows()).value("x", x).value("w", router);
    return Interpreter.run(graph.build(), bindings).result("y");
  }

  private static Matrix part(Matrix all, int index, int rows, int columns) {
    Matrix part = Matrix.zeros(rows, columns);
    System.arraycopy(all.values(), index * rows * columns, part.values(), 0, rows * columns);
    return part;
  }

  @Test
  void theParametersOfAllExpertsAreOneMatrix() {
    Block block = Published.GPT_OSS.block(WIDTH, HIDDEN);
    assertThat(block.parameters())
        .extracting(p -> p.name() + " " + p.rows() + " " + p.columns())
        .containsExactly(
            "ffn.router 6 5",
            "ffn.router_bias 1 5",
            "ffn.gate 30 4",
            "ffn.gate_bias 5 4",
            "ffn.up 30 4",
            "ffn.up_bias 5 4",
            "ffn.down 20 6",
            "ffn.down_bias 5 6");
    assertThat(block.parameterCount()).isEqualTo(30 + 5 + 5 * (2 * 28 + 30));
    assertThat(block.matrixNumbers()).isEqualTo(30 + 5 * 72);
    assertThat(block.activeMatrixNumbers()).isEqualTo(30 + 2 * 72);
    assertThat(block.parameters().stream().mapToLong(block::activeSize).sum())
        .isEqualTo(30 + 5 + 2 * (2 * 28 + 30));
  }
}
