package dev.swax.compiler.interpret;

import static dev.swax.compiler.interpret.FiniteDifferences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.program.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Norms of states, and where attention looks. */
class PathwayMeterTest {
  private static final int HEADS = 2;
  private static final int KEY = 3;
  private static final int VALUE = 2;
  private static final int TIME = 9;
  private static final float SCALE = 0.5f;

  static Stream<RecurrenceShape> shapes() {
    return Stream.of(
        new MemoryShape(HEADS, KEY, VALUE, SCALE, Normalizer.NONE, true, true),
        new DeltaShape(HEADS, KEY, VALUE, SCALE, true),
        new GlaShape(HEADS, KEY, VALUE, SCALE),
        new ColumnsShape(HEADS, KEY, VALUE, SCALE));
  }

  /** A query that is 1 at one key and 0 elsewhere reads a row of the state. */
  @ParameterizedTest
  @MethodSource("shapes")
  void theNormIsThatOfTheRowsThatQueriesRead(RecurrenceShape shape) {
    List<Matrix> operands = operands(shape);
    double squares = 0;
    for (int row = 0; row < KEY; row++) {
      List<Matrix> asked = new ArrayList<>(operands);
      asked.set(0, Matrix.zeros(TIME, HEADS * KEY));
      for (int head = 0; head < HEADS; head++) {
        asked.getFirst().set(TIME - 1, head * KEY + row, 1 / SCALE);
      }
      Matrix y = Recurrences.of(shape).forward(values(shape, asked)).getFirst();
      for (int c = 0; c < y.columns(); c++) {
        squares += y.get(TIME - 1, c) * y.get(TIME - 1, c);
      }
    }
    assertThat(Recurrences.of(shape).stateNorm(values(shape, operands)).orElseThrow())
        .isCloseTo(Math.sqrt(squares / HEADS), within(1e-9));
  }

  /** What an output is divided by is no part of what is remembered. */
  @Test
  void aNormalizerChangesNoState() {
    RecurrenceShape plain = shapes().findFirst().orElseThrow();
    List<Matrix> operands = operands(plain);
    for (Normalizer normalizer : Normalizer.values()) {
      var shape = new MemoryShape(HEADS, KEY, VALUE, SCALE, normalizer, true, true);
      assertThat(Recurrences.of(shape).stateNorm(values(shape, operands)))
          .isEqualTo(Recurrences.of(plain).stateNorm(values(plain, operands)));
    }
  }

  @Test
  void aScanHoldsWhatItCameTo() {
    var shape = new ScanShape(2, 3);
    Matrix halves = filled(TIME, 6, 0.5);
    Matrix ones = filled(TIME, 6, 1);
    double last = 2 * (1 - Math.pow(0.5, TIME));
    assertThat(Recurrences.of(shape).stateNorm(values(shape, List.of(halves, ones))).orElseThrow())
        .isCloseTo(last * Math.sqrt(3), within(1e-12));
  }

  @Test
  void aConvolutionIsNoMemory() {
    var shape = new ConvShape(4, 3);
    List<Matrix> operands =
        shape.operands().stream()
            .map(name ->
                filled(
                    shape.parameters().contains(name) ? shape.rows(name) : TIME,
                    shape.columns(name),
                    1))
            .toList();
    assertThat(Recurrences.of(shape).stateNorm(values(shape, operands))).isEmpty();
  }

  /** Scores are logarithms of 1, 2, 3 and so on, so probabilities are these over their sum. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, TIME})
  void theShareIsThatOfTheLastKeys(int window) {
    var shape = new AttentionShape(1, 1, 1).withScale(1);
    Matrix queries = filled(TIME, 1, 1);
    Matrix keys = Matrix.zeros(TIME, 1);
    for (int t = 0; t < TIME; t++) {
      keys.set(t, 0, Math.log(t + 1));
    }
    int recent = 3;
    double sum = 0;
    for (int t = recent; t < TIME; t++) {
      sum += sum(t - recent + 1, t) / sum(Math.max(0, t - window + 1), t);
    }
    var attention =
        new InterpretAttention(
            shape, window, List.of(queries, keys, filled(TIME, 1, 0)), new Bindings(1, TIME));
    assertThat(attention.recentShare(recent).orElseThrow())
        .isCloseTo(sum / (TIME - recent), within(1e-12));
    assertThat(attention.recentShare(TIME)).as("no query has more keys").isEmpty();
  }

  /** {@code from + 1} to {@code to + 1}. */
  private static double sum(int from, int to) {
    double sum = 0;
    for (int t = from; t <= to; t++) {
      sum += t + 1;
    }
    return sum;
  }

  /** In whatever form they are computed. */
  @Test
  void everyMemoryAndEveryAttentionHasItsLine() {
    String memories = "mlstm, gated_delta, delta_product, slstm, min_gru, s6(states: 4)";
    Architecture model =
        SwaxFiles.model(
            """
            import "std/models"
            import "std/cells"
            model all = lm(width: 16, blocks: 8, vocab: 20, heads: 2, window: 4) with {
              layers = [%s, local, full]
            }
            """
                .formatted(memories),
            "all");
    LoweredModel lowered = LowerModel.lower(model);
    var meter = new PathwayMeter(lowered, 4);
    Map<String, Matrix> weights = weights(lowered);
    int[] tokens = new SplittableRandom(3).ints(12, 0, 20).toArray();
    meter.add(weights, () -> new Bindings(1, 12).tokens(tokens).windows(4));
    SequencedMap<String, Double> means = meter.means();
    assertThat(means)
        .containsOnlyKeys(
            "state",
            "recent",
            "layers.0.state",
            "layers.1.state",
            "layers.2.state",
            "layers.3.state",
            "layers.4.state",
            "layers.5.state",
            "layers.6.recent",
            "layers.7.recent");
    assertThat(means.values()).allSatisfy(value -> assertThat(value).isPositive().isFinite());
    assertThat(means).containsEntry("layers.6.recent", 1.0);
    assertThat(means.get("layers.7.recent")).isLessThan(1);
    double again = Objects.requireNonNull(means.get("state"));
    meter.add(weights, () -> new Bindings(1, 12).tokens(tokens).windows(4));
    assertThat(meter.means().get("state")).isCloseTo(again, within(1e-12));
  }

  private static Map<String, Matrix> weights(LoweredModel model) {
    var random = new SplittableRandom(5);
    Map<String, Matrix> weights = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpecs.of(model)) {
      weights.put(spec.name(), normal(random, spec.rows(), spec.columns(), 0, 0.3));
    }
    return weights;
  }

  private static List<Matrix> operands(RecurrenceShape shape) {
    var random = new SplittableRandom(7);
    return shape.operands().stream()
        .map(name -> normal(random, TIME, shape.columns(name), 0, 0.5))
        .toList();
  }

  private static RecurrenceValues values(RecurrenceShape shape, List<Matrix> operands) {
    return new RecurrenceValues(shape, operands, new Bindings(1, TIME));
  }

  private static Matrix filled(int rows, int columns, double value) {
    Matrix matrix = Matrix.zeros(rows, columns);
    Arrays.fill(matrix.values(), value);
    return matrix;
  }
}
