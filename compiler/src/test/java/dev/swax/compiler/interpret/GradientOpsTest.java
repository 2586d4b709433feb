package dev.swax.compiler.interpret;

import static dev.swax.compiler.interpret.FiniteDifferences.dot;
import static dev.swax.compiler.interpret.FiniteDifferences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.kernel.shift.ShiftShape;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every op that is a gradient, against central differences of the op it is the gradient of. */
class GradientOpsTest {
  private static final long SEED = 20250924;
  private static final int BATCH = 2;
  private static final int TIME = 7;
  private static final int ROWS = BATCH * TIME;

  // The truncation of central differences is about step² = 1e-10 times a third derivative, their
  // rounding 1e-16 / step = 1e-11 times the loss.
  private static final double TOLERANCE = 1e-6;

  // Memory gradients take the running maximum m as a constant. What that leaves out is at most the
  // epsilon 1e-6 exp(m) times y . dy, summed over what follows in the document: about 5 at most.
  private static final double MEMORY_TOLERANCE = 5e-6;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @ParameterizedTest(name = "window {0}")
  @ValueSource(ints = {1, 3, 7, 100})
  void attention(int window) {
    attention(new AttentionShape(4, 2, 3), window);
  }

  @Test
  void attentionWithEveryOption() {
    var shape = new AttentionShape(4, 2, 3);
    for (AttentionShape each :
        List.of(
            shape.withValueWidth(2).withScale(0.4),
            shape.withCap(0.8),
            shape.withSinks(),
            shape.withChunk(3),
            shape.withValueWidth(4).withCap(2).withSinks().withChunk(2))) {
      attention(each, 100);
    }
  }

  private void attention(AttentionShape shape, int window) {
    var operands = new ArrayList<Matrix>();
    operands.add(normal(random, ROWS, shape.heads() * shape.headWidth(), 0, 1));
    operands.add(normal(random, ROWS, shape.keyHeads() * shape.headWidth(), 0, 1));
    operands.add(normal(random, ROWS, shape.keyHeads() * shape.valueWidth(), 0, 1));
    if (shape.sinks()) {
      operands.add(normal(random, 1, shape.heads(), 0, 1));
    }
    check(
        new Op.Attention(shape, 0),
        new Op.AttentionGradient(shape, 0),
        operands,
        2,
        bindings().windows(window),
        TOLERANCE);
  }

  static Stream<MemoryShape> memoryShapes() {
    return Stream.of(Normalizer.values())
        .flatMap(normalizer ->
            Stream.of(
                new MemoryShape(2, 3, 4, 0.5f, normalizer, true, true),
                new MemoryShape(2, 3, 4, 0.5f, normalizer, true, false),
                new MemoryShape(2, 3, 4, 0.5f, normalizer, false, true),
                new MemoryShape(2, 3, 4, 0.5f, normalizer, false, false)));
  }

  @ParameterizedTest
  @MethodSource("memoryShapes")
  void memory(MemoryShape shape) {
    // Positive keys and queries keep the sum away from 0, where y / sum is not differentiable.
    boolean positive = shape.normalizer() == Normalizer.SUM;
    var operands = new ArrayList<Matrix>();
    operands.add(normal(random, ROWS, 6, positive ? 3 : 0, positive ? 0.3 : 5));
    operands.add(normal(random, ROWS, 6, positive ? 3 : 0, positive ? 0.3 : 5));
    operands.add(normal(random, ROWS, 8, 0, 1));
    if (shape.inputGate()) {
      // Small gates keep the running maximum m, and with it the epsilon's part, small.
      operands.add(normal(random, ROWS, 2, -3, 1));
    }
    if (shape.forgetGate()) {
      operands.add(normal(random, ROWS, 2, -0.5, 0.3));
    }
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        operands,
        3,
        bindings(),
        MEMORY_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void delta(boolean decay) {
    var shape = new DeltaShape(2, 3, 4, 0.5f, decay);
    var operands = new ArrayList<Matrix>();
    operands.add(normal(random, ROWS, 6, 0, 1));
    operands.add(normal(random, ROWS, 6, 0, 0.6));
    operands.add(normal(random, ROWS, 8, 0, 1));
    operands.add(normal(random, ROWS, 2, 0.5, 0.3));
    operands.add(normal(random, ROWS, 2, 0.5, 0.3));
    if (decay) {
      operands.add(normal(random, ROWS, 2, -0.5, 0.3));
    }
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        operands,
        1,
        bindings(),
        TOLERANCE);
  }

  @Test
  void gla() {
    var shape = new GlaShape(2, 3, 4, 0.5f);
    List<Matrix> operands =
        List.of(
            normal(random, ROWS, 6, 0, 1),
            normal(random, ROWS, 6, 0, 1),
            normal(random, ROWS, 8, 0, 1),
            normal(random, ROWS, 6, -0.5, 0.3));
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        operands,
        1,
        bindings(),
        TOLERANCE);
  }

  @Test
  void decayOfColumns() {
    var shape = new ColumnsShape(2, 3, 4, 0.5f);
    List<Matrix> operands =
        List.of(
            normal(random, ROWS, 6, 0, 1),
            normal(random, ROWS, 6, 0, 1),
            normal(random, ROWS, 8, 0, 1),
            normal(random, ROWS, 8, -0.5, 0.3));
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        operands,
        1,
        bindings(),
        TOLERANCE);
  }

  @Test
  void diagonalPlusRankOne() {
    var shape = new DplrShape(2, 3, 4, 0.5f);
    List<Matrix> operands =
        List.of(
            normal(random, ROWS, 6, 0, 1),
            normal(random, ROWS, 6, 0, 1),
            normal(random, ROWS, 8, 0, 1),
            normal(random, ROWS, 6, 0, 0.5),
            normal(random, ROWS, 6, 0, 0.5),
            normal(random, ROWS, 6, -0.5, 0.3));
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        operands,
        1,
        bindings(),
        TOLERANCE);
  }

  /** Three delta rules for each token, of which the first decays too. */
  @Test
  void severalUpdates() {
    var shape = new UpdatesShape(new DeltaShape(2, 3, 4, 0.5f, true), 3);
    var operands = new ArrayList<Matrix>();
    for (String name : shape.operands()) {
      double mean = name.startsWith("log") ? -0.5 : 0.2;
      operands.add(normal(random, ROWS, shape.columns(name), mean, 0.5));
    }
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        operands,
        1,
        bindings(),
        TOLERANCE);
  }

  @Test
  void scan() {
    var shape = new ScanShape(2, 3);
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        List.of(normal(random, ROWS, 6, 0.5, 0.5), normal(random, ROWS, 6, 0, 1)),
        1,
        bindings(),
        TOLERANCE);
  }

  /** Filters narrower than a document, and wider; their gradient is one for all tokens. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void conv(int width) {
    var shape = new ConvShape(5, width);
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        List.of(normal(random, ROWS, 5, 0, 1), normal(random, width, 5, 0, 1)),
        1,
        bindings(),
        TOLERANCE);
  }

  @Test
  void shift() {
    var shape = new ShiftShape(5);
    check(
        new Op.Recurrence(shape),
        new Op.RecurrenceGradient(shape),
        List.of(normal(random, ROWS, 5, 0, 1)),
        1,
        bindings(),
        TOLERANCE);
  }

  @Test
  void crossEntropy() {
    int[] targets = new int[ROWS];
    for (int t = 0; t < ROWS; t++) {
      targets[t] = t % 6 - 1; // -1 is ignored
    }
    Matrix logits = normal(random, ROWS, 5, 0, 2);
    var bindings = new Bindings(BATCH, TIME).targets(targets).lossScale(1);
    var graph = new Graph.Builder();
    ValueId x = graph.add(new Op.Input("x", TensorType.tokens(5)));
    ValueId losses = graph.add(new Op.CrossEntropy(), x);
    ValueId logSumExp = graph.add(new Op.Part(1), losses);
    graph.result("losses", losses);
    graph.result("dLogits", graph.add(new Op.CrossEntropyGradient(), x, logSumExp));
    Graph built = graph.build();
    bindings.value("x", logits);
    Matrix expected =
        FiniteDifferences.gradient(
            logits, () -> sum(Interpreter.run(built, bindings).result("losses")));
    requireClose(
        Interpreter.run(built, bindings).result("dLogits"), expected, TOLERANCE, "dLogits");
  }

  @Test
  void embedding() {
    Matrix table = normal(random, 5, 3, 0, 1);
    Matrix dy = normal(random, ROWS, 3, 0, 1);
    int[] tokens = new int[ROWS];
    for (int t = 0; t < ROWS; t++) {
      tokens[t] = t * t % 5; // some tokens repeat, some never come
    }
    var graph = new Graph.Builder();
    ValueId parameter = graph.add(new Op.Parameter("table", TensorType.fixed(5, 3)));
    graph.result("y", graph.add(new Op.Embedding(), parameter));
    ValueId output = graph.add(new Op.Input("dy", TensorType.tokens(3)));
    graph.result("dTable", graph.add(new Op.EmbeddingGradient(5), output));
    Graph built = graph.build();
    var bindings = new Bindings(BATCH, TIME).tokens(tokens).value("table", table).value("dy", dy);
    Matrix expected =
        FiniteDifferences.gradient(
            table, () -> dot(dy, Interpreter.run(built, bindings).result("y")));
    requireClose(Interpreter.run(built, bindings).result("dTable"), expected, TOLERANCE, "dTable");
  }

  static Stream<Rotation> rotations() {
    var half = Rotation.Pairs.HALF;
    var neighbours = Rotation.Pairs.INTERLEAVED;
    return Stream.of(
        Rotation.plain(4, 10_000),
        new Rotation(4, 4, 100, half, new RopeScaling.None()),
        new Rotation(4, 2, 100, neighbours, new RopeScaling.Linear(3)),
        new Rotation(4, 2, 100, half, new RopeScaling.Llama3(8, 1, 4, 20)),
        new Rotation(4, 4, 100, half, new RopeScaling.Yarn(4, 20, 3, 1, true, 1.3)));
  }

  @ParameterizedTest
  @MethodSource("rotations")
  void ropeInverseIsItsGradient(Rotation rotation) {
    Matrix x = normal(random, ROWS, 8, 0, 1);
    Matrix dy = normal(random, ROWS, 8, 0, 1);
    var graph = new Graph.Builder();
    ValueId input = graph.add(new Op.Input("x", TensorType.tokens(8)));
    ValueId output = graph.add(new Op.Input("dy", TensorType.tokens(8)));
    graph.result("y", graph.add(new Op.Rope(2, rotation, false), input));
    graph.result("dx", graph.add(new Op.Rope(2, rotation, true), output));
    Graph built = graph.build();
    var bindings = new Bindings(BATCH, TIME).value("x", x).value("dy", dy);
    Matrix expected =
        FiniteDifferences.gradient(x, () -> dot(dy, Interpreter.run(built, bindings).result("y")));
    requireClose(Interpreter.run(built, bindings).result("dx"), expected, TOLERANCE, "dx");
  }

  /** A document border in the first sequence, none in the second. */
  private static Bindings bindings() {
    boolean[] starts = new boolean[ROWS];
    starts[0] = true;
    starts[4] = true;
    return new Bindings(BATCH, TIME).documentStarts(starts);
  }

  /** Builds forward, its parts and the gradient; compares all operands' gradients. */
  private void check(
      Op forward, Op backward, List<Matrix> operands, int results, Bindings b, double tolerance) {
    var graph = new Graph.Builder();
    var ids = new ArrayList<ValueId>();
    for (int i = 0; i < operands.size(); i++) {
      Matrix operand = operands.get(i);
      b.value("x" + i, operand);
      ids.add(
          graph.add(
              operand.rows() == ROWS
                  ? new Op.Input("x" + i, TensorType.tokens(operand.columns()))
                  : new Op.Parameter(
                      "x" + i, TensorType.fixed(operand.rows(), operand.columns()))));
    }
    ValueId y = graph.add(forward, ids, null);
    var gradientOperands = new ArrayList<>(ids);
    gradientOperands.add(y);
    for (int part = 1; part < results; part++) {
      gradientOperands.add(graph.add(new Op.Part(part), y));
    }
    gradientOperands.add(graph.add(new Op.Input("dy", graph.type(y))));
    ValueId first = graph.add(backward, gradientOperands, null);
    graph.result("y", y);
    graph.result("d0", first);
    for (int i = 1; i < operands.size(); i++) {
      graph.result("d" + i, graph.add(new Op.Part(i), first));
    }
    Graph built = graph.build();
    Matrix dy = normal(random, ROWS, graph.type(y).columns(), 0, 1);
    b.value("dy", dy);
    for (int i = 0; i < operands.size(); i++) {
      Matrix expected =
          FiniteDifferences.gradient(
              operands.get(i), () -> dot(dy, Interpreter.run(built, b).result("y")));
      requireClose(Interpreter.run(built, b).result("d" + i), expected, tolerance, "operand " + i);
    }
  }

  private static void requireClose(Matrix actual, Matrix expected, double tolerance, String what) {
    for (int i = 0; i < expected.values().length; i++) {
      double wanted = expected.values()[i];
      assertThat(actual.values()[i])
          .as("%s, element %d, seed %d", what, i, SEED)
          .isCloseTo(wanted, within(tolerance * Math.max(1, Math.abs(wanted))));
    }
  }

  private static double sum(Matrix x) {
    double sum = 0;
    for (double value : x.values()) {
      sum += value;
    }
    return sum;
  }
}
