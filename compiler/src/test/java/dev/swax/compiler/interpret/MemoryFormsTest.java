package dev.swax.compiler.interpret;

import static dev.swax.compiler.interpret.FiniteDifferences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The recurrent form against the parallel one, which shares no code with it: {@code A_ts = scale
 * (q_t . k_s) exp(F_t - F_s + log i_s - m_t)}, {@code y_t = sum_s A_ts v_s / divisor}.
 */
class MemoryFormsTest {
  private static final long SEED = 7;
  private static final int TIME = 11;
  private static final int BORDER = 5;
  private static final MemoryShape BASE =
      new MemoryShape(1, 3, 2, 0.577f, Normalizer.NONE, true, true);

  @ParameterizedTest
  @EnumSource(Normalizer.class)
  void recurrentIsParallel(Normalizer normalizer) {
    var shape = new MemoryShape(1, 3, 2, BASE.scale(), normalizer, true, true);
    var random = new SplittableRandom(SEED);
    double mean = normalizer == Normalizer.SUM ? 2 : 0;
    List<Matrix> operands =
        List.of(
            normal(random, TIME, 3, mean, 0.5),
            normal(random, TIME, 3, mean, 0.5),
            normal(random, TIME, 2, 0, 1),
            normal(random, TIME, 1, 0, 2),
            normal(random, TIME, 1, -1, 0.5));
    Matrix actual = memory(shape, operands);
    for (int t = 0; t < TIME; t++) {
      double[] expected = parallel(shape, operands, t);
      for (int j = 0; j < 2; j++) {
        // The forms differ by the start m_0 = 0 inside the epsilon of the divisor: 1e-6 exp(m).
        assertThat(actual.get(t, j))
            .as("row %d column %d seed %d", t, j, SEED)
            .isCloseTo(expected[j], within(1e-4 * (1 + Math.abs(expected[j]))));
      }
    }
  }

  private static Matrix memory(MemoryShape shape, List<Matrix> operands) {
    var graph = new Graph.Builder();
    boolean[] starts = new boolean[TIME];
    starts[BORDER] = true;
    var bindings = new Bindings(1, TIME).documentStarts(starts);
    var ids = new ArrayList<ValueId>();
    for (int i = 0; i < operands.size(); i++) {
      bindings.value("x" + i, operands.get(i));
      ids.add(graph.add(new Op.Input("x" + i, TensorType.tokens(operands.get(i).columns()))));
    }
    graph.result("y", graph.add(new Op.Recurrence(shape), ids, null));
    return Interpreter.run(graph.build(), bindings).result("y");
  }

  /** Row t, from the tokens of its own document. */
  private static double[] parallel(MemoryShape shape, List<Matrix> operands, int t) {
    int first = t >= BORDER ? BORDER : 0;
    double[] exponents = new double[TIME];
    double largest = Double.NEGATIVE_INFINITY;
    for (int s = first; s <= t; s++) {
      exponents[s] = operands.get(3).get(s, 0);
      for (int u = s + 1; u <= t; u++) {
        exponents[s] += operands.get(4).get(u, 0);
      }
      largest = Math.max(largest, exponents[s]);
    }
    double sum = 0;
    double[] y = new double[2];
    for (int s = first; s <= t; s++) {
      double score = 0;
      for (int c = 0; c < 3; c++) {
        score += shape.scale() * operands.get(0).get(t, c) * operands.get(1).get(s, c);
      }
      double weight = score * Math.exp(exponents[s] - largest);
      sum += weight;
      y[0] += weight * operands.get(2).get(s, 0);
      y[1] += weight * operands.get(2).get(s, 1);
    }
    double divisor =
        switch (shape.normalizer()) {
          case NONE -> Math.exp(-largest);
          case SUM -> sum;
          case MAX_ABS_ONE -> Math.max(Math.abs(sum), Math.exp(-largest)) + 1e-6;
        };
    return new double[] {y[0] / divisor, y[1] / divisor};
  }
}
