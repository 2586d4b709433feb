package dev.swax.runtime.kernel.matrix;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static dev.swax.runtime.kernel.MixerData.assertSameBits;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast kernels of a family of matrices against those that define it. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class VectorMatrixTest {
  protected final Team team = new Team(2);
  protected final VectorMatrix kernel;
  private final Function<Team, VectorMatrix> make;

  protected VectorMatrixTest(Function<Team, VectorMatrix> make) {
    this.make = make;
    kernel = make.apply(team);
  }

  @AfterAll
  void close() {
    team.close();
  }

  public record Size(int batch, int time, MatrixShape shape, boolean state, boolean documents) {}

  /** Of two heads, one for each form of the family; the last has every operand. */
  protected abstract List<? extends MatrixShape> shapes(int keyWidth, int valueWidth);

  protected abstract ScalarMatrix scalar();

  /** How far a gradient may be off beside what follows from its size. */
  protected double tolerance(String operand) {
    return 1e-5;
  }

  protected final MatrixShape shape(int keyWidth, int valueWidth) {
    return shapes(keyWidth, valueWidth).getLast();
  }

  Stream<Size> sizes() {
    return IntStream.range(0, shapes(1, 1).size()).boxed().flatMap(this::sizes);
  }

  private Stream<Size> sizes(int form) {
    BiFunction<Integer, Integer, MatrixShape> shape = (k, v) -> shapes(k, v).get(form);
    List<Size> sizes = new ArrayList<>();
    for (int time : new int[] {1, 2, 3, 15, 16, 17, 63, 64, 65, 130, 257}) {
      sizes.add(new Size(1, time, shape.apply(8, 16), false, false));
      sizes.add(new Size(2, time, shape.apply(24, 8), true, true));
      sizes.add(new Size(1, time, shape.apply(5, 7), true, false));
    }
    sizes.add(new Size(3, 150, shape.apply(16, 24), false, true));
    sizes.add(new Size(1, 300, shape.apply(64, 32), true, true));
    sizes.add(new Size(1, 200, shape.apply(128, 130), true, true));
    sizes.add(new Size(1, 100, shape.apply(1, 1), true, false));
    return sizes.stream();
  }

  protected static MatrixCase made(Arena arena, Size size) {
    var made = new MatrixCase(arena, size.shape, size.batch, size.time, 5);
    if (size.state) {
      made.withState(6);
    }
    if (size.documents) {
      made.cutDocuments(9, 25);
    }
    return made;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void agreesWithScalar(Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = made(arena, size).forward(scalar()).gradient(scalar());
      var actual = made(arena, size).forward(kernel).gradient(kernel);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }

  protected static void assertSameForward(MatrixCase actual, MatrixCase expected) {
    assertClose("y", actual.y, expected.y, 1e-5, 1e-5);
    assertClose("state", actual.state, expected.state, 1e-5, 1e-5);
  }

  protected void assertSameGradients(MatrixCase actual, MatrixCase expected) {
    expected.gradients.forEach((name, gradient) ->
        assertClose("d" + name, actual.gradient(name), gradient, tolerance(name), 2e-5));
    assertClose("dState", actual.dState, expected.dState, 1e-5, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void chunksAgreeWithTheRecurrence(Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = made(arena, size).byToken(kernel);
      assertSameForward(made(arena, size).forward(kernel), expected);
    }
  }

  @Test
  void segmentsAgreeWithOnePass() {
    for (boolean documents : new boolean[] {false, true}) {
      var size = new Size(1, 300, shape(16, 24), true, documents);
      try (Arena arena = Arena.ofShared()) {
        var expected = made(arena, size).forward(kernel);
        int[][] walks = {{100, 200}, {1, 64, 235}, {63, 65, 1, 171}, {2, 128, 37, 130, 3}};
        for (int[] walk : walks) {
          assertSameForward(made(arena, size).walk(kernel, walk), expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Arena arena = Arena.ofShared();
        Team other = new Team(threads)) {
      var size = new Size(1, 900, shape(24, 40), true, true);
      var expected = made(arena, size).forward(kernel).gradient(kernel);
      var others = make.apply(other);
      var actual = made(arena, size).forward(others).gradient(others);
      assertSameBits("y", actual.y, expected.y);
      assertSameBits("state", actual.state, expected.state);
      expected.gradients.forEach(
          (name, gradient) -> assertSameBits("d" + name, actual.gradient(name), gradient));
      assertSameBits("dState", actual.dState, expected.dState);
    }
  }

  @Test
  void aDocumentDoesNotFeelWhatStandsBeforeIt() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 400, shape(16, 8), true, false);
      var made = made(arena, size);
      var other = made(arena, size);
      int start = 230;
      made.resets = new boolean[400];
      made.resets[start] = true;
      other.resets = made.resets;
      other.operands.forEach((name, x) ->
          before(start, x).segment().fill((byte) (name.equals("log_decay") ? 0xbd : 0x3d)));
      other.initialState.segment().fill((byte) 0x40);
      made.forward(kernel).gradient(kernel);
      other.forward(kernel).gradient(kernel);
      assertSameBits("y", after(start, other.y), after(start, made.y));
      assertSameBits("state", other.state, made.state);
      made.gradients.forEach((name, gradient) ->
          assertSameBits("d" + name, after(start, other.gradient(name)), after(start, gradient)));
    }
  }

  private static Tensor before(int start, Tensor x) {
    return x.slice(0, start * x.length() / 400);
  }

  private static Tensor after(int start, Tensor x) {
    long from = start * x.length() / 400;
    return x.slice(from, x.length() - from);
  }

  @Test
  @Tag("fresh-jvm")
  void callsAllocateNothing() {
    try (Arena arena = Arena.ofShared();
        Team alone = new Team(1)) {
      var one = make.apply(alone);
      var made = made(arena, new Size(1, 300, shape(16, 24), true, true));
      MixerData.assertAllocatesNothing(made.forwardAndBack(one));
    }
  }
}
