package dev.swax.compiler.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradient rules against central differences of the interpreter. */
class GradientTest {
  private static final long SEED = 20250924;
  private static final int BATCH = 2;
  private static final int TIME = 3;
  private static final int ROWS = BATCH * TIME;

  // Steps of 1e-5: truncation is 1e-10 times a third derivative of at most some hundred, rounding
  // 1e-16 / 1e-5 times values of at most some hundred.
  private static final double TOLERANCE = 1e-6;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Graph.Builder graph = new Graph.Builder();
  private final Map<String, Matrix> values = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource
  void unary(UnaryFunction function) {
    // No point nearer to a kink than a step, and both sides where the function has both.
    ValueId x =
        switch (function) {
          case LOG, SQRT, RECIPROCAL_SQRT ->
              input("x", 2, 0.1, 0.5, 0.9, 1, 1.5, 2, 3, 4.5, 0.2, 0.7, 5, 8);
          default -> input("x", 2, -6, -2, -1, -0.7, -0.1, 0.1, 0.3, 0.8, 1, 2, 4, 7);
        };
    check(graph.add(new Op.Unary(function), x));
  }

  /** Where e^x, x³ or x² are no numbers of fp32, or of double, the function and its slope are. */
  @ParameterizedTest
  @EnumSource
  void largeAndSmallArguments(UnaryFunction function) {
    double[] large = {30, 88, 104, 800, 1e4, 1e13, 1e20, 1e38, 1e150, 1e-8, 1e-20, 1e-44};
    boolean grows = function.of(1e3) > 1e4;
    boolean hasPole =
        function == UnaryFunction.RECIPROCAL || function == UnaryFunction.RECIPROCAL_SQRT;
    boolean onlyAboveZero =
        switch (function) {
          case LOG, SQRT, RECIPROCAL_SQRT -> true;
          default -> false;
        };
    for (double sign : onlyAboveZero ? new double[] {1} : new double[] {1, -1}) {
      var own = new Graph.Builder();
      double[] points = Arrays.stream(large).map(x -> sign * x).toArray();
      ValueId x = own.named("x", new Op.Input("x", TensorType.tokens(2)));
      own.result("y", own.add(new Op.Unary(function), x));
      var bindings = new Bindings(BATCH, TIME);
      bindings.value("x", Matrix.of(ROWS, 2, points));
      bindings.value("dy", Matrix.of(ROWS, 2, DoubleStream.generate(() -> 1).limit(12).toArray()));
      var results = Interpreter.run(Gradient.of(own.build()), bindings);
      for (String name : List.of("y", "dx")) {
        double[] found = results.result(name).values();
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).as("%s at %s", name, points[i]).isNotNaN();
          if (!grows && !hasPole && name.equals("y")) {
            assertThat(Math.abs(found[i])).as("at %s", points[i]).isLessThan(2e150);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void binary(BinaryFunction function) {
    ValueId a = input("x", 2, -2, -1, -0.5, 0.5, 1, 2, 3, -3, 0.2, -0.2, 5, 7);
    ValueId b = input("z", 2, 1, -2, 0.4, -0.7, 2, 1, -4, 0.3, 0.5, -0.9, 2, 9);
    check(graph.add(new Op.Binary(function), a, b));
  }

  @ParameterizedTest
  @EnumSource
  void binaryWithAConstantOnEitherSide(BinaryFunction function) {
    ValueId x = input("x", 2, -2, -1, -0.5, 0.5, 1, 2, 3, -3, 0.2, -0.2, 5, 7);
    ValueId constant = graph.add(new Op.Constant(0.75));
    ValueId right = graph.add(new Op.Binary(function), x, constant);
    ValueId left = graph.add(new Op.Binary(function), constant, x);
    check(graph.add(new Op.Binary(BinaryFunction.MULTIPLY), left, right));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void sumsAndSpreadsOfGroups(int groups) {
    ValueId sums = graph.add(new Op.SumGroups(groups), input("x", 6, normals(6)));
    check(graph.add(new Op.SpreadGroups(12), graph.add(new Op.Unary(UnaryFunction.SQUARE), sums)));
  }

  @Test
  void aRowOverAllTokens() {
    ValueId x = input("x", 3, normals(3));
    ValueId row = graph.add(new Op.SpreadRow(), parameter("p", 1, 3));
    check(graph.add(new Op.Binary(BinaryFunction.MULTIPLY), x, row));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void products(boolean transposed) {
    ValueId x = input("x", 3, normals(3));
    ValueId weight = transposed ? parameter("p", 5, 3) : parameter("p", 3, 5);
    check(graph.add(new Op.MatMul(false, transposed), x, weight));
  }

  @Test
  void aRowThatGroupsShare() {
    ValueId x = input("x", 6, normals(6));
    ValueId row = graph.add(new Op.SpreadRow(2), parameter("p", 1, 3));
    check(graph.add(new Op.Binary(BinaryFunction.MULTIPLY), x, row));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void productsSideBySide(boolean transposed) {
    ValueId x = input("x", 6, normals(6));
    ValueId weight = transposed ? parameter("p", 10, 3) : parameter("p", 6, 5);
    check(graph.add(new Op.MatMul(false, transposed, 2), x, weight));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void groupsSideBySide(int groups) {
    ValueId both =
        graph.add(new Op.Concat(groups), input("x", 4, normals(4)), input("y", 8, normals(8)));
    check(graph.add(new Op.Binary(BinaryFunction.MULTIPLY), both, input("z", 12, normals(12))));
  }

  @Test
  void groupsThatAreRepeated() {
    ValueId x = input("x", 6, normals(6));
    ValueId repeated = graph.add(new Op.Repeat(3, 2), x);
    check(graph.add(new Op.Binary(BinaryFunction.MULTIPLY), repeated, input("z", 12, normals(12))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void softmaxOfGroups(int groups) {
    check(graph.add(new Op.Softmax(groups), input("x", 6, normals(6))));
  }

  /** Scores are far from ties: a step of a difference changes no choice. */
  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "2, true", "4, true"})
  void experts(int active, boolean transposed) {
    ValueId scores =
        input("s", 4, 4, 3, 2, 1, 2, 1, 4, 3, 1, 2, 3, 4, 3, 4, 1, 2, 9, 5, 1, 7, 5, 9, 7, 1);
    ValueId chosen = expert(new ExpertOp.Choose(ChoiceShape.of(4, active)), scores);
    ValueId places = graph.add(new Op.Part(1), chosen);
    ValueId owners = graph.add(new Op.Part(2), chosen);
    ValueId weights = expert(new ExpertOp.Pick(), graph.add(new Op.Softmax(1), scores), chosen);
    ValueId x = input("x", 3, normals(3));
    ValueId rows = expert(new ExpertOp.Dispatch(), x, places, weights);
    ValueId weight = transposed ? parameter("p", 4 * 5, 3) : parameter("p", 4 * 3, 5);
    ValueId product = expert(new ExpertOp.MatMul(false, transposed, 4), rows, weight, owners);
    ValueId bias = expert(new ExpertOp.Rows(), parameter("b", 4, 5), owners);
    ValueId inner = graph.add(new Op.Binary(BinaryFunction.ADD), product, bias);
    ValueId outer = graph.add(new Op.Unary(UnaryFunction.TANH), inner);
    ValueId once = expert(new ExpertOp.Combine(), outer, places);
    ValueId weighted = expert(new ExpertOp.Combine(), outer, places, weights);
    ValueId again = expert(new ExpertOp.Dispatch(), x, places);
    ValueId sum = expert(new ExpertOp.Combine(), again, places, weights);
    ValueId both = graph.add(new Op.Binary(BinaryFunction.MULTIPLY), once, weighted);
    check(
        graph.add(
            new Op.Binary(BinaryFunction.MULTIPLY),
            graph.add(new Op.SumGroups(1), both),
            graph.add(new Op.SumGroups(1), sum)));
  }

  private ValueId expert(ExpertOp op, ValueId... operands) {
    return graph.add(new Op.Experts(op), operands);
  }

  /** The balance loss by its formula: the mean loss of predicted tokens counts as much. */
  @Test
  void balanceOfExperts() {
    Matrix logits = FiniteDifferences.normal(random, ROWS, 3, 0, 1);
    ValueId x = graph.named("x", new Op.Input("x", TensorType.tokens(3)));
    ValueId chosen = expert(new ExpertOp.Choose(ChoiceShape.of(3, 2)), x);
    ValueId owners = graph.add(new Op.Part(2), chosen);
    graph.result("y", expert(new ExpertOp.Balance(0.2), x, owners));
    var bindings = new Bindings(BATCH, TIME).value("x", logits);
    bindings.value("dy", Matrix.zeros(ROWS, 3)).lossScale(0.25).targets(0, 1, -1, 0, 1, 1);
    Graph built = Gradient.of(graph.build());
    Matrix found = Interpreter.run(built, bindings).result("dx");
    double[] shares = new double[3];
    for (double owner : Interpreter.run(built, bindings).value(owners).values()) {
      shares[(int) owner] += 1.0 / (2 * ROWS);
    }
    Matrix expected =
        FiniteDifferences.gradient(logits, () -> 0.25 * 5 * 0.2 * balance(logits, shares));
    for (int i = 0; i < expected.values().length; i++) {
      assertThat(found.values()[i]).isCloseTo(expected.values()[i], within(TOLERANCE));
    }
  }

  private static double balance(Matrix logits, double[] shares) {
    double sum = 0;
    for (int t = 0; t < logits.rows(); t++) {
      double all = 0;
      for (int e = 0; e < shares.length; e++) {
        all += Math.exp(logits.get(t, e));
      }
      for (int e = 0; e < shares.length; e++) {
        sum += shares[e] * Math.exp(logits.get(t, e)) / all / logits.rows();
      }
    }
    return shares.length * sum;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void productsThatAddIntoOthers(boolean transposed) {
    ValueId x = input("x", 3, normals(3));
    ValueId sum = graph.add(new Op.MatMul(false, false), x, parameter("p", 3, 5));
    ValueId weight = transposed ? parameter("q", 5, 3) : parameter("q", 3, 5);
    check(graph.add(new Op.MatMulAdd(transposed), sum, x, weight));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rotationsOfAValueThatIsUsedTwice(boolean inverse) {
    ValueId x = graph.add(new Op.Unary(UnaryFunction.TANH), input("x", 4, normals(4)));
    ValueId rotated =
        graph.add(new Op.Rope(2, Rotation.plain(graph.type(x).columns() / 2, 10), inverse), x);
    check(graph.add(new Op.Binary(BinaryFunction.MULTIPLY), x, rotated));
  }

  @Test
  void aParameterThatIsUsedTwiceGetsAResultForEach() {
    ValueId weight = parameter("p", 3, 3);
    ValueId once = graph.add(new Op.MatMul(false, false), input("x", 3, normals(3)), weight);
    graph.result("y", graph.add(new Op.MatMul(false, false), once, weight));
    assertThat(Gradient.of(graph.build()).results()).containsOnlyKeys("y", "dx", "d:p", "d:p#1");
  }

  @Test
  void gradientsAreNamedAfterTheirValues() {
    ValueId x = input("x", 3, normals(3));
    ValueId gate = graph.named("gate", new Op.Unary(UnaryFunction.SIGMOID), x);
    graph.result("y", graph.add(new Op.Unary(UnaryFunction.NEGATE), gate));
    assertThat(Gradient.of(graph.build()))
        .hasToString(
            """
            %0 x = input x : [T, 3]
            %1 gate = sigmoid %0 : [T, 3]
            %2 = negate %1 : [T, 3]
            %3 dy = input dy : [T, 3]
            %4 d_gate = negate %3 : [T, 3]
            %5 = constant 1.0 : [1, 1]
            %6 = subtract %5 %1 : [T, 3]
            %7 = multiply %1 %6 : [T, 3]
            %8 d_x = multiply %4 %7 : [T, 3]
            return y = %2
            return dx = %8
            """);
  }

  @Test
  void aTrainedNumberIsNotSpreadWithoutAnOp() {
    ValueId x = input("x", 3, normals(3));
    graph.result("y", graph.add(new Op.Binary(BinaryFunction.MULTIPLY), x, parameter("p", 1, 1)));
    assertThatThrownBy(() -> Gradient.of(graph.build()))
        .hasMessageContaining("only constants are spread without an op");
  }

  /** The gradients of {@code dy . y} with respect to every input and parameter. */
  private void check(ValueId y) {
    graph.result("y", y);
    Graph built = Gradient.of(graph.build());
    Matrix dy = FiniteDifferences.normal(random, ROWS, built.node(y).type().columns(), 0, 1);
    var bindings = new Bindings(BATCH, TIME).value("dy", dy);
    values.forEach(bindings::value);
    Map<String, Matrix> results = Interpreter.run(built, bindings).results();
    values.forEach((name, value) -> {
      boolean isInput = built.results().containsKey("d" + name);
      Matrix none = Matrix.zeros(value.rows(), value.columns());
      Matrix found = results.getOrDefault(isInput ? "d" + name : Gradient.PARAMETER + name, none);
      Matrix expected =
          FiniteDifferences.gradient(
              value, () -> FiniteDifferences.dot(dy, Interpreter.run(built, bindings).result("y")));
      for (int i = 0; i < expected.values().length; i++) {
        double wanted = expected.values()[i];
        assertThat(found.values()[i])
            .as("%s[%d], seed %d", name, i, SEED)
            .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
      }
    });
  }

  private ValueId input(String name, int columns, double... numbers) {
    values.put(name, Matrix.of(ROWS, columns, numbers.clone()));
    return graph.named(name, new Op.Input(name, TensorType.tokens(columns)));
  }

  private ValueId parameter(String name, int rows, int columns) {
    values.put(name, FiniteDifferences.normal(random, rows, columns, 0, 1));
    return graph.add(new Op.Parameter(name, TensorType.fixed(rows, columns)));
  }

  private double[] normals(int columns) {
    return FiniteDifferences.normal(random, ROWS, columns, 0, 1).values();
  }
}
