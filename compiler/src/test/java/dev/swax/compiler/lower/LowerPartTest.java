package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.model.part.Part;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells as graphs: their weights, and their gradients against differences of the interpreter. */
class LowerPartTest {
  private static final long SEED = 4711;
  private static final int BATCH = 2;
  private static final int TIME = 5;

  // Central differences with a step of 1e-5 are good to 1e-9 here. What is left is the epsilon of
  // the
  // divisor, 1e-6, which the gradient takes as a constant.
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest(name = "{0}, width {1}, {2} heads")
  @CsvSource({
    "mlstm, 64, 4",
    "mlstm, 768, 4",
    "mlstm, 2048, 4",
    "linear_attention, 64, 4",
    "retention, 64, 2",
    "simple_gla, 128, 4",
    "delta_net, 64, 4",
    "gated_delta, 64, 4",
    "delta_product, 64, 4",
    "gla, 64, 4",
    "hgrn2, 64, 4",
    "rg_lru, 64, 4",
    "mamba2, 64, 2",
    "kda, 64, 4",
    "rwkv7, 64, 4",
    "slstm, 64, 4",
    "s6, 64, 1"
  })
  void weightsAreAsTheStandardLibrarySays(String name, int width, int heads) {
    long wanted =
        switch (name) {
          case "mlstm" -> 4L * width * width + 2L * heads * (width + 1) + width;
          case "gated_delta" ->
              4L * width * width + 8L * width + 2L * heads * (width + 1) + width / heads;
          case "delta_product" ->
              11L * width * width / 2 + 14L * width + heads * (3L * width + 2) + width / heads;
          case "rg_lru" -> 3L * width * width + 2L * width * width / heads + 11L * width;
          case "mamba2" ->
              6L * width * width + 256L * width + 12L * width + 1280 + heads * (width + 3L);
          case "kda" ->
              4L * width * width
                  + 4L * width * width / heads
                  + 14L * width
                  + heads * (width + 1L)
                  + width / heads;
          case "slstm" -> 8L * width * width / heads + 10L * width;
          case "s6" -> 6L * width * width + 2L * width * (48 + 2 * (width / 16) + 7);
          case "rwkv7" -> 4L * width * width + 64L * heads * width + 19L * width;
          case "linear_attention", "retention", "hgrn2" -> 4L * width * width + width;
          case "delta_net" ->
              4L * width * width + 12L * width + (long) heads * width + width / heads;
          case "gla" -> 4L * width * width + 16L * (width + width / 2) + width / 2 + width;
          default -> 4L * width * width + (long) heads * (width + 1) + width;
        };
    long weights =
        lowered(Cells.standard(name, heads, width, 2)).parameters().stream()
            .mapToLong(p -> (long) p.rows() * p.columns())
            .sum();
    assertThat(weights).isEqualTo(wanted);
  }

  @Test
  void weightsBeginAsInXlstm() {
    Block block = lowered(Cells.standard("mlstm", 4, 64, 3));
    assertThat(block.parameters().stream().map(p -> p.name() + " " + p.initializer()))
        .containsExactlyInAnyOrder(
            "memory.q Normal[deviation=0.07905694150420949]",
            "memory.k Normal[deviation=0.07905694150420949]",
            "memory.v Normal[deviation=0.07905694150420949]",
            "memory.i Constant[value=0.0]",
            "memory.i_bias Constant[value=-10.0]",
            "memory.f Constant[value=0.0]",
            "memory.f_bias Linspace[from=3.0, to=6.0]",
            "memory.o Constant[value=0.0]",
            "memory.norm Constant[value=1.0]",
            "memory.out Normal[deviation=0.08333333333333333]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlstm",
        "linear_attention",
        "retention",
        "simple_gla",
        "delta_net",
        "gated_delta",
        "delta_product",
        "gla",
        "hgrn2",
        "rg_lru",
        "kda",
        "rwkv7"
      })
  void gradientIsThatOfDifferences(String name) {
    check(Cells.standard(name, 2, 8, 2));
  }

  @Test
  void gradientOfMamba2IsThatOfDifferences() {
    String use = "mamba2(heads: 4, key: 3, groups: 2, conv: 3)";
    check(Cells.sound(Cells.standard(), use, 8, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anyNumberOfHeads(int heads) {
    check(Cells.standard("mlstm", heads, 8, 2));
  }

  @Test
  void everyFunctionOfACell() {
    String text =
        """
        cell all(heads = 2, key = 3, value = 2) {
          q: [key] = elu(linear(x)) + 1
          k: [key] = softplus(low_rank(x, 2, bias: 0.1)) * (head + 1)
          v: [value] = silu(conv(linear(x, gain: 0.5), 3, bias: 0.2)) - tanh(linear(conv(x, 2)))
          b = (1 - sigmoid(linear(x))) * exp(-abs(linear(x)))
          a = max(sigmoid(linear(x)) ^ (1 / 8), 0.5)
          state S: [key, value]
          S' = a * S + b * outer(k, v / 2)
          y = 3 * q . S'
          d = v . v
          h: [value] = l2norm(rmsnorm(y) + weight(init: 0.1), epsilon: 0.01) * sqrt(d + 0.1) / (1 + k . q) + relu(linear(y))
          out = weight(init: normal(1)) * linear(h ^ 3 + 2 ^ tanh(h)) + x * min(linear(x), 0.25)
        }
        """;
    check(Cells.sound(text, "all()", 8, 2));
  }

  @Test
  void whatHeadsShareAndKeepToThemselves() {
    String text =
        """
        cell shared(heads = 4, groups = 2, key = 2, value = 3) {
          B: [key] per groups = l2norm(silu(linear(x, bias: 0.1)))
          C: [key] per groups = B * weight(init: 1) + linear(x)
          a: [1] per groups = sigmoid(linear(x))
          u: [value] = linear(rmsnorm(x, over: groups), bias: layer)
          v: [value] = linear(u, within: head, bias: 0.2)
          state S: [key, value]
          S' = a * S + outer(B, v)
          y = rmsnorm(C . S', weights: shared) + layer_norm(v, over: width) * (B . C)
          out = linear(layer_norm(y, over: groups, weights: shared))
        }
        """;
    check(Cells.sound(text, "shared()", 8, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {-25, -3, -2, -1, 0, 1, 2, 3, 7, 8, 10, 33})
  void wholePowersOfAnyNumber(int exponent) {
    Block block = lowered(Cells.sound(power("x", exponent), "c()", 4, 2));
    var bindings = new Bindings(1, 3);
    double[] x = {-2, -1, -0.5, -1.25, 0.75, 1.5, 3, -3, 1e-3, -1e-3, 2.5, -0.25};
    bindings.value("x", Matrix.of(3, 4, x));
    for (Block.BlockParameter p : block.parameters()) {
      bindings.value(p.name(), Matrix.zeros(p.rows(), p.columns()));
    }
    double[] found = Interpreter.run(block.graph(), bindings).result("y").values();
    for (int i = 0; i < x.length; i++) {
      double wanted = Math.pow(x[i], exponent);
      assertThat(found[i])
          .as("%s ^ %d", x[i], exponent)
          .isCloseTo(wanted, within(1e-13 * Math.abs(wanted)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, -2, 0, 1, 3, 10})
  void wholePowersHaveTheirGradients(int exponent) {
    check(Cells.sound(power("(tanh(linear(x)) / 2 - 1)", exponent), "c()", 4, 2));
  }

  private static String power(String base, int exponent) {
    return """
    cell c(heads = 2, key = 2, value = 2) {
      k: [key] = linear(x)
      v: [value] = linear(x)
      state S: [key, value]
      S' = 0.5 * S + outer(k, v)
      y = k . S'
      out = linear(y) * 0.001 + %s ^ %d
    }
    """
        .formatted(base, exponent);
  }

  /** `softplus` of a large number is that number. */
  @Test
  void fixedNumbersMeanWhatOthersMean() {
    String text =
        """
        cell c(heads = 2, key = 2, value = 2) {
          k: [key] = linear(x)
          v: [value] = linear(x)
          state S: [key, value]
          S' = sigmoid(800) * S + softplus(800) / 800 * outer(k, v) * silu(-800 * head)
          y = k . S' * log(softplus(-30 - head)) / log(sigmoid(-700))
          out = linear(y)
        }
        """;
    check(Cells.sound(text, "c()", 4, 2));
  }

  private static Block lowered(Part part) {
    var out = new BlockBuilder();
    var x = out.input("x", part.width());
    out.graph().result("y", LowerPart.lower(part, "memory", x, out));
    return out.build("memory");
  }

  /** The gradients of the input and of every weight, at random points, a document border inside. */
  private static void check(Part part) {
    Block block = lowered(part);
    Graph graph = Gradient.of(block.graph());
    var random = new SplittableRandom(SEED);
    boolean[] starts = new boolean[BATCH * TIME];
    starts[2] = true;
    var bindings = new Bindings(BATCH, TIME).documentStarts(starts);
    bindings.value("x", FiniteDifferences.normal(random, BATCH * TIME, part.width(), 0, 1));
    Matrix dy = FiniteDifferences.normal(random, BATCH * TIME, part.width(), 0, 1);
    bindings.value("dy", dy);
    for (Block.BlockParameter p : block.parameters()) {
      bindings.value(p.name(), FiniteDifferences.normal(random, p.rows(), p.columns(), 0, 0.7));
    }
    var gradients = Interpreter.run(graph, bindings);
    compare("x", gradients.result("dx"), block.graph(), bindings, dy);
    for (Block.BlockParameter p : block.parameters()) {
      compare(
          p.name(), gradients.result(Gradient.PARAMETER + p.name()), block.graph(), bindings, dy);
    }
  }

  private static void compare(
      String name, Matrix actual, Graph forward, Bindings bindings, Matrix dy) {
    Matrix expected =
        FiniteDifferences.gradient(
            bindings.value(name),
            () -> FiniteDifferences.dot(dy, Interpreter.run(forward, bindings).result("y")));
    for (int i = 0; i < expected.values().length; i++) {
      double wanted = expected.values()[i];
      assertThat(actual.values()[i])
          .as("d %s, element %d, seed %d", name, i, SEED)
          .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
    }
  }
}
