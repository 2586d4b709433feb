package dev.swax.runtime.kernel.gla;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static dev.swax.runtime.kernel.MixerData.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorGlaTest {
  private static final Team TEAM = new Team(2);
  private static final VectorGla GLA = new VectorGla(TEAM);

  @AfterAll
  static void close() {
    TEAM.close();
  }

  private record Size(int batch, int time, GlaShape shape, boolean state, boolean documents) {}

  private static GlaShape shape(int keyWidth, int valueWidth) {
    return new GlaShape(2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth)));
  }

  static Stream<Size> sizes() {
    List<Size> sizes = new ArrayList<>();
    for (int time : new int[] {1, 2, 3, 15, 16, 17, 63, 64, 65, 130, 257}) {
      sizes.add(new Size(1, time, shape(8, 16), false, false));
      sizes.add(new Size(2, time, shape(24, 8), true, true));
      sizes.add(new Size(1, time, shape(5, 7), true, false));
    }
    sizes.add(new Size(3, 150, shape(16, 24), false, true));
    sizes.add(new Size(1, 300, shape(64, 32), true, true));
    sizes.add(new Size(1, 200, shape(128, 130), true, true));
    sizes.add(new Size(1, 100, shape(1, 1), true, false));
    return sizes.stream();
  }

  private static GlaCase gla(Arena arena, Size size) {
    var made = new GlaCase(arena, size.shape, size.batch, size.time, 5);
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
      var expected = gla(arena, size).forward(new ScalarGla()).gradient(new ScalarGla());
      var actual = gla(arena, size).forward(GLA).gradient(GLA);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }

  private static void assertSameForward(GlaCase actual, GlaCase expected) {
    assertClose("y", actual.y, expected.y, 1e-5, 1e-5);
    assertClose("state", actual.state, expected.state, 1e-5, 1e-5);
  }

  private static void assertSameGradients(GlaCase actual, GlaCase expected) {
    expected.gradients.forEach(
        (name, gradient) -> assertClose("d" + name, actual.gradient(name), gradient, 1e-5, 2e-5));
    assertClose("dState", actual.dState, expected.dState, 1e-5, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void chunksAgreeWithTheRecurrence(Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = gla(arena, size).byToken(GLA);
      assertSameForward(gla(arena, size).forward(GLA), expected);
    }
  }

  @Test
  void segmentsAgreeWithOnePass() {
    for (boolean documents : new boolean[] {false, true}) {
      var size = new Size(1, 300, shape(16, 24), true, documents);
      try (Arena arena = Arena.ofShared()) {
        var expected = gla(arena, size).forward(GLA);
        int[][] walks = {{100, 200}, {1, 64, 235}, {63, 65, 1, 171}, {2, 128, 37, 130, 3}};
        for (int[] walk : walks) {
          assertSameForward(gla(arena, size).walk(GLA, walk), expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Arena arena = Arena.ofShared();
        Team team = new Team(threads)) {
      var size = new Size(1, 900, shape(24, 40), true, true);
      var expected = gla(arena, size).forward(GLA).gradient(GLA);
      var other = new VectorGla(team);
      var actual = gla(arena, size).forward(other).gradient(other);
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
      var made = gla(arena, size);
      var other = gla(arena, size);
      int start = 230;
      made.resets = new boolean[400];
      made.resets[start] = true;
      other.resets = made.resets;
      for (String name : List.of("q", "k", "v", "log_decay")) {
        before(start, other.operand(name)).segment().fill((byte) 0x3d);
      }
      other.initialState.segment().fill((byte) 0x40);
      made.forward(GLA).gradient(GLA);
      other.forward(GLA).gradient(GLA);
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

  /** Logarithms of thousands beside small ones: what is kept must keep its digits. */
  @Test
  void closedRowsInTheMiddleOfAChunkDoNotCostDigits() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 192, shape(16, 8), true, false);
      var expected = gla(arena, size);
      var actual = gla(arena, size);
      for (var made : List.of(expected, actual)) {
        for (int t = 10; t < 192; t += 7) {
          made.operand("log_decay").set(32L * t + t % 16, -3000f);
          made.operand("log_decay").set(32L * t + 16 + t % 16, Float.NEGATIVE_INFINITY);
        }
      }
      expected.forward(new ScalarGla()).gradient(new ScalarGla());
      actual.forward(GLA).gradient(GLA);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
      for (int t = 10; t < 192; t += 7) {
        assertThat(actual.gradient("log_decay").get(32L * t + 16 + t % 16)).isZero();
      }
    }
  }

  /** A row that loses all but e^-60 at every token: no inverse of that may appear. */
  @ParameterizedTest
  @ValueSource(floats = {-60f, -1e-7f, 0f})
  void decaysNearNoneAndNearAll(float logDecay) {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 200, shape(16, 8), true, true);
      var expected = gla(arena, size);
      var actual = gla(arena, size);
      for (var made : List.of(expected, actual)) {
        for (int i = 0; i < made.operand("log_decay").length(); i += 3) {
          made.operand("log_decay").set(i, logDecay);
        }
      }
      expected.forward(new ScalarGla()).gradient(new ScalarGla());
      actual.forward(GLA).gradient(GLA);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }

  @Test
  void callsAllocateNothing() {
    try (Arena arena = Arena.ofShared();
        Team alone = new Team(1)) {
      var one = new VectorGla(alone);
      var made = gla(arena, new Size(1, 300, shape(16, 24), true, true));
      MixerData.assertAllocatesNothing(made.forwardAndBack(one));
    }
  }
}
