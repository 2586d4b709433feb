package dev.swax.compiler.lower;

import static dev.swax.compiler.interpret.FiniteDifferences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.model.part.Part;
import dev.swax.runtime.kernel.step.StepShape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cells of no family: their steps as graphs, and the gradients against differences. */
class StepCellTest {
  private static final long SEED = 815;
  private static final int BATCH = 2;
  private static final int TIME = 5;
  private static final int WIDTH = 4;
  private static final double TOLERANCE = 1e-5;

  static Stream<String> bodies() {
    return Stream.of(

        // An Elman network: recurrent weights over all heads.
        "state h: [n]  h' = tanh(linear(h) + linear(x, bias: 0.1))  out = linear(h')",
        // A gate that reads the state, with a bias.
        "state h: [n]  z: [n] = sigmoid(linear(h, bias: 1) + linear(x))  u: [n] = tanh(linear(x)) h' = (1 - z) * h + z * u  out = linear(h' * z)",
        // Several states of several shapes, several reads, before and after.
        "q, k, v: [n] = linear(x)  state S: [n, n]  state c: [n]  state s  s' = 0.5 * s + tanh(q . k)  c' = 0.9 * c + k * s'  S' = sigmoid(s) * S + outer(tanh(c'), v) out = linear(q . S' + c * (k . c') + rmsnorm(q . S))",
        // A state without a gate and squares of it.
        "v: [n] = linear(x)  state S: [n, n]  S' = 0.9 * S + 0.1 * tanh(S * outer(v, v)) out = linear(v . S')",
        // Elementwise on a matrix.
        "d, u, b: [n] = linear(x)  state S: [n, n]  S' = exp(-abs(outer(b, d))) * S + outer(b, u)  out = linear(b . S')",
        // Norms and powers of a state.
        "u: [n] = linear(x)  state h: [n]  h' = layer_norm(h + u, epsilon: 0.1) * 0.5 + l2norm(h) ^ 3 + (1 + h * h) ^ 0.3 out = h'",
        // A running maximum.
        "i, f: [n] = linear(x)  z: [n] = tanh(linear(x))  state m: [n]  state c: [n]  state n_: [n]  m' = max(log_sigmoid(f) + m, i)  c' = exp(log_sigmoid(f) + m - m') * c + exp(i - m') * z  n_' = exp(log_sigmoid(f) + m - m') * n_ + exp(i - m')  out = linear(c' / n_')",
        // Recurrent weights of each head, and norms over groups and the width.
        "u: [n] = linear(x)  state h: [n]  h' = tanh(linear(h, within: head, bias: 0.1) + rmsnorm(h + u, over: width, weights: shared, epsilon: 0.1)) + layer_norm(h - u, over: g, epsilon: 0.1)  out = linear(h')",
        // Values of groups, and a convolution before and after.
        "k: [n] per g = conv(linear(x), 3)  u: [n] = linear(x)  state S: [n, n]  S' = tanh(S) + outer(k, u)  out = conv(linear(k . S'), 2)",
        // Low rank, weights without input, numbers of a head.
        "state h: [n]  h' = low_rank(h, 2, bias: 0.1) / (head + 2) + weight(init: normal(1)) * linear(x)  out = x * linear(h')",
        // Nothing of the token.
        "w: [n] = weight(init: normal(1))  state S: [n, n]  S' = 0.5 * S * outer(w, w) + outer(w, w)  out = linear(w . S') + x",
        // Two reads go to two projections.
        "q, k: [n] = linear(x)  state S: [n, n]  S' = S * 0.5 + outer(k . S, q) + outer(k, q)  out = linear(q . S') + linear(k . S')",
        // States that change places.
        "u: [n] = linear(x)  state a: [n]  state b: [n]  a' = b  b' = a * 0.5 + u * tanh(b)  out = linear(a' + b')",
        "u: [n] = linear(x)  state h: [n]  h' = min(h, u) + max(h, 0.1) / (2 + h * h) - relu(h) * abs(u) + elu(u - h)  out = h");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void gradientIsThatOfDifferences(String body) {
    check(part(body));
  }

  /** As they train, in two runs with carried states, and on any number of threads. */
  @ParameterizedTest
  @MethodSource("bodies")
  void kernelsAreTheMeaning(String body) {
    StepShape shape = (StepShape) Cells.recurrence(part(body)).shape();
    for (int time : new int[] {1, 2, 7, 30}) {
      new StepRuns(shape, time, SEED).check();
    }
  }

  static Part part(String body) {
    var diagnostics = new Diagnostics();
    String text = "cell c(heads = 2, n = 2, g = 1) { " + body + " }";
    Part part =
        Cells.find(text, "c()", WIDTH, 2, diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    assertThat(Cells.recurrence(part).shape()).isInstanceOf(StepShape.class);
    return part;
  }

  static Block lowered(Part part) {
    var out = new BlockBuilder();
    out.graph().result("y", LowerPart.lower(part, "memory", out.input("x", part.width()), out));
    return out.build("memory");
  }

  private static void check(Part part) {
    Block block = lowered(part);
    Graph graph = Gradient.of(block.graph());
    var random = new SplittableRandom(SEED);
    boolean[] starts = new boolean[BATCH * TIME];
    starts[2] = true;
    var bindings = new Bindings(BATCH, TIME).documentStarts(starts);
    bindings.value("x", normal(random, BATCH * TIME, part.width(), 0, 1));
    Matrix dy = normal(random, BATCH * TIME, part.width(), 0, 1);
    bindings.value("dy", dy);
    for (Block.BlockParameter p : block.parameters()) {
      bindings.value(p.name(), normal(random, p.rows(), p.columns(), 0, 0.7));
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
