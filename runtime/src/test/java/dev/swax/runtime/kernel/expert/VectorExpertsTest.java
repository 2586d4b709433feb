package dev.swax.runtime.kernel.expert;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.copy;
import static dev.swax.runtime.kernel.Values.random;
import static dev.swax.runtime.kernel.Values.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels of experts: what they mean, and vectors against scalars on any number of threads. */
class VectorExpertsTest {
  /** Where each slot of a batch goes. */
  private record Route(Tensor chosen, Tensor places, Tensor owners) {
    static Route of(Kernels kernels, Tensor scores, int rows, ChoiceShape choice) {
      int slots = rows * choice.active();
      var route = new Route(zeros(slots), zeros(slots), zeros(slots));
      kernels.experts().choose(scores, route.chosen, route.places, route.owners, rows, choice);
      return route;
    }
  }

  @Test
  void theLowerNumberWinsATie() {
    Tensor scores = of(0.5f, 2, 2, 1, 2, /* all the same */ 1, 1, 1, 1, 1);
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels(2))) {
      Route route = Route.of(kernels, scores, 2, ChoiceShape.of(5, 2));
      assertThat(values(route.chosen)).containsExactly(1f, 2f, 0f, 1f);
      assertThat(values(route.owners)).containsExactly(0f, 1f, 1f, 2f);
      assertThat(values(route.places)).containsExactly(1f, 3f, 0f, 2f);
      kernels.close();
    }
  }

  @Test
  void onlyTheBestGroupsTakePart() {
    // groups of two: sums 1.1, 1.0, 1.1 and the best single expert in the second
    Tensor scores = of(0.6f, 0.5f, 1.0f, 0.0f, 0.1f, 1.0f);
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels(1))) {
      Route one = Route.of(kernels, scores, 1, new ChoiceShape(6, 2, 3, 1));
      assertThat(values(one.chosen)).containsExactly(0f, 1f);
      Route two = Route.of(kernels, scores, 1, new ChoiceShape(6, 3, 3, 2));
      assertThat(values(two.chosen)).containsExactly(5f, 0f, 1f);
      kernels.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1",
    "1, 8, 2, 1, 1",
    "70, 8, 2, 1, 1",
    "90, 64, 8, 8, 3",
    "33, 5, 5, 1, 1"
  })
  void choicesAgreeWithScalar(int rows, int experts, int active, int groups, int activeGroups) {
    Tensor scores = random((long) rows * experts, 1);
    for (long i = 0; i < scores.length(); i++) {
      scores.set(i, Math.round(scores.get(i) * 20) / 20f); // many ties
    }
    var choice = new ChoiceShape(experts, active, groups, activeGroups);
    for (int threads : new int[] {1, 2, 5}) {
      try (var scalar = new ScalarKernels();
          var vector = new VectorKernels(threads)) {
        Route expected = Route.of(scalar, scores, rows, choice);
        Route actual = Route.of(vector, scores, rows, choice);
        int slots = rows * active;
        assertSameBits(actual.chosen, expected.chosen, slots);
        assertSameBits(actual.places, expected.places, slots);
        assertSameBits(actual.owners, expected.owners, slots);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 16, 17, 100})
  void everyWidthAgreesWithScalarOnAnyNumberOfThreads(int width) {
    for (int rows : new int[] {1, 2, 90}) {
      List<Tensor> expected = all(new ScalarKernels(), rows, 6, 3, width, 2 * width + 1);
      List<Tensor> one = all(new VectorKernels(1), rows, 6, 3, width, 2 * width + 1);
      List<Tensor> five = all(new VectorKernels(5), rows, 6, 3, width, 2 * width + 1);
      check(expected, one, five, rows * 3 + 2 * width + 1);
    }
  }

  @Test
  void largeProductsAgreeWithScalarOnAnyNumberOfThreads() {
    List<Tensor> expected = all(new ScalarKernels(), 400, 9, 2, 130, 97);
    check(
        expected,
        all(new VectorKernels(1), 400, 9, 2, 130, 97),
        all(new VectorKernels(3), 400, 9, 2, 130, 97),
        800);
  }

  private static void check(
      List<Tensor> expected, List<Tensor> one, List<Tensor> several, int terms) {
    for (int i = 0; i < expected.size(); i++) {
      long length = expected.get(i).length();
      double tolerance = Math.ulp(1f) * (1 + terms) * Math.sqrt(1 + terms);
      assertClose(one.get(i), expected.get(i), length, tolerance);
      assertSameBits(several.get(i), one.get(i), length);
    }
  }

  /** What every kernel makes of the same numbers; expert 2 is never chosen. */
  private static List<Tensor> all(
      Kernels kernels, int rows, int experts, int active, int width, int hidden) {
    int slots = rows * active;
    Tensor scores = random((long) rows * experts, 1);
    for (long t = 0; t < rows; t++) {
      scores.set(t * experts + 2, -2);
    }
    Route route = Route.of(kernels, scores, rows, ChoiceShape.of(experts, active));
    Tensor x = random((long) rows * width, 2);
    Tensor weights = random(slots, 3);
    Tensor matrices = random((long) experts * width * hidden, 4);
    Tensor table = random((long) experts * width, 5);
    var made = new ArrayList<Tensor>();
    try (kernels) {
      ExpertKernels own = kernels.experts();
      Tensor picked = made(made, slots);
      own.pick(scores, route.chosen, picked, rows, experts, active);
      own.pickGradient(weights, route.chosen, made(made, scores.length()), rows, experts, active);
      Tensor sorted = made(made, (long) slots * width);
      own.dispatch(x, route.places, sorted, rows, active, width);
      Tensor weighted = made(made, (long) slots * width);
      own.dispatchWeighted(x, route.places, weights, weighted, rows, active, width);
      own.combine(weighted, route.places, made(made, x.length()), rows, active, width);
      Tensor combined = made(made, x.length());
      own.combineWeighted(weighted, route.places, weights, combined, rows, active, width);
      own.slotDots(x, weighted, route.places, made(made, slots), rows, active, width);
      Tensor inner = made(made, (long) slots * hidden);
      own.matmul(weighted, matrices, route.owners, inner, slots, width, hidden, experts);
      Tensor back = made(made, (long) slots * width);
      Tensor dInner = random((long) slots * hidden, 6);
      own.matmulTransposedRight(
          dInner, matrices, route.owners, back, slots, hidden, width, experts);
      Tensor dMatrices = random(matrices.length(), 7);
      own.matmulTransposedLeft(
          sorted, dInner, route.owners, dMatrices, slots, width, hidden, experts);
      made.add(dMatrices);
      own.rows(table, route.owners, made(made, (long) slots * width), slots, width);
      Tensor dTable = random(table.length(), 8);
      own.rowsGradient(sorted, route.owners, dTable, slots, width, experts);
      made.add(dTable);
      Tensor dScores = made(made, scores.length());
      own.balanceGradient(scores, scores, route.owners, dScores, 0.5 * rows, rows, experts, active);
      kernels.softmax(x, made(made, x.length()), rows, 1, width);
      kernels.softmax(scores, made(made, scores.length()), rows, experts / 3, 3);
    }
    return made;
  }

  private static Tensor made(List<Tensor> all, long length) {
    Tensor tensor = copy(random(length, 9));
    all.add(tensor);
    return tensor;
  }

  @Test
  void anExpertWithoutTokensGetsNoGradient() {
    try (var kernels = new VectorKernels(2)) {
      Tensor owners = of(0, 0, 2);
      Tensor gradient = zeros(3 * 2 * 2);
      kernels
          .experts()
          .matmulTransposedLeft(
              of(1, 2, 3, 4, 5, 6), of(1, 1, 1, 1, 1, 1), owners, gradient, 3, 2, 2, 3);
      assertThat(values(gradient)).containsExactly(4f, 4f, 6f, 6f, 0f, 0f, 0f, 0f, 5f, 5f, 6f, 6f);
    }
  }

  private static Tensor of(float... values) {
    Tensor tensor = zeros(values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return tensor;
  }

  private static List<Float> values(Tensor tensor) {
    return LongStream.range(0, tensor.length()).mapToObj(tensor::get).toList();
  }
}
