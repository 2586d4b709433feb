package dev.swax.compiler.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs graphs on seeded values and compares what comes out. */
public final class GraphValues {
  public static final int BATCH = 2;
  public static final int TIME = 5;

  private GraphValues() {}

  /** Normal values for every input and parameter of a graph. */
  public static Bindings bindings(Graph graph, long seed) {
    var random = new SplittableRandom(seed);
    int[] tokens = random.ints((long) BATCH * TIME, 0, 7).toArray();
    var bindings = new Bindings(BATCH, TIME).tokens(tokens).targets(tokens).windows(3, 2);
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.Input(String name, TensorType type) -> bindings.value(name, normal(random, type));
        case Op.Parameter(String name, TensorType type) ->
            bindings.value(name, normal(random, type));
        default -> {}
      }
    }
    return bindings;
  }

  private static Matrix normal(SplittableRandom random, TensorType type) {
    int rows = type.perToken() ? BATCH * TIME : type.rows();
    return FiniteDifferences.normal(random, rows, type.columns(), 0, 0.5);
  }

  /**
   * Both graphs give the same results. Rewrites change the order of a few roundings of 1e-16 each;
   * the deepest graphs here and their conditioning make of that less than 1e-9.
   */
  public static void requireSame(Graph expected, Graph actual, long seed, String what) {
    Bindings bindings = bindings(expected, seed);
    Map<String, Matrix> wanted = results(expected, bindings);
    Map<String, Matrix> found = results(actual, bindings);
    assertThat(found).as("%s, seed %d", what, seed).containsOnlyKeys(wanted.keySet());
    wanted.forEach(
        (name, matrix) -> requireClose(name, matrix, requireNonNull(found.get(name)), seed, what));
  }

  /** The gradients of a parameter that is used in several places belong together. */
  private static Map<String, Matrix> results(Graph graph, Bindings bindings) {
    Map<String, Matrix> results = new LinkedHashMap<>();
    Interpreter.run(graph, bindings)
        .results()
        .forEach((name, value) -> {
          int copy = name.indexOf('#');
          results.merge(copy < 0 ? name : name.substring(0, copy), value, GraphValues::sum);
        });
    return results;
  }

  private static Matrix sum(Matrix a, Matrix b) {
    Matrix sum = a.copy();
    for (int i = 0; i < sum.values().length; i++) {
      sum.values()[i] += b.values()[i];
    }
    return sum;
  }

  /** Element by element, relative to the largest. */
  public static void requireClose(
      String name, Matrix wanted, Matrix found, long seed, String what) {
    double largest = 1;
    for (double value : wanted.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < wanted.values().length; i++) {
      assertThat(found.values()[i])
          .as("%s: %s[%d], seed %d", what, name, i, seed)
          .isCloseTo(wanted.values()[i], within(1e-9 * largest));
    }
  }
}
