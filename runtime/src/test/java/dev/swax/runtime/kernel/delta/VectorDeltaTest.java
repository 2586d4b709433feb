package dev.swax.runtime.kernel.delta;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static dev.swax.runtime.kernel.MixerData.assertSameBits;

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

class VectorDeltaTest {
  private static final Team TEAM = new Team(2);
  private static final VectorDelta DELTA = new VectorDelta(TEAM);

  @AfterAll
  static void close() {
    TEAM.close();
  }

  private record Size(int batch, int time, DeltaShape shape, boolean state, boolean documents) {}

  private static DeltaShape shape(boolean decay, int keyWidth, int valueWidth) {
    return new DeltaShape(2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth)), decay);
  }

  static Stream<Size> sizes() {
    List<Size> sizes = new ArrayList<>();
    for (boolean decay : new boolean[] {false, true}) {
      for (int time : new int[] {1, 2, 3, 63, 64, 65, 130, 257}) {
        sizes.add(new Size(1, time, shape(decay, 8, 16), false, false));
        sizes.add(new Size(2, time, shape(decay, 24, 8), true, true));
        sizes.add(new Size(1, time, shape(decay, 5, 7), true, false));
      }
      sizes.add(new Size(3, 150, shape(decay, 16, 24), false, true));
      sizes.add(new Size(1, 300, shape(decay, 64, 32), true, true));
      sizes.add(new Size(1, 200, shape(decay, 128, 130), true, true));
      sizes.add(new Size(1, 100, shape(decay, 1, 1), true, false));
    }
    return sizes.stream();
  }

  private static DeltaCase delta(Arena arena, Size size) {
    var made = new DeltaCase(arena, size.shape, size.batch, size.time, 5);
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
      var expected = delta(arena, size).forward(new ScalarDelta()).gradient(new ScalarDelta());
      var actual = delta(arena, size).forward(DELTA).gradient(DELTA);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }

  private static void assertSameForward(DeltaCase actual, DeltaCase expected) {
    assertClose("y", actual.y, expected.y, 1e-5, 1e-5);
    assertClose("state", actual.state, expected.state, 1e-5, 1e-5);
  }

  /** dlog decay is a sum over a chunk of differences, some of which are large. */
  private static void assertSameGradients(DeltaCase actual, DeltaCase expected) {
    expected.gradients.forEach((name, gradient) -> {
      boolean sum = name.equals("log_decay");
      assertClose("d" + name, actual.gradient(name), gradient, sum ? 1e-4 : 1e-5, 2e-5);
    });
    assertClose("dState", actual.dState, expected.dState, 1e-5, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void chunksAgreeWithTheRecurrence(Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = delta(arena, size).byToken(DELTA);
      assertSameForward(delta(arena, size).forward(DELTA), expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void segmentsAgreeWithOnePass(boolean decay) {
    for (boolean documents : new boolean[] {false, true}) {
      var size = new Size(1, 300, shape(decay, 16, 24), true, documents);
      try (Arena arena = Arena.ofShared()) {
        var expected = delta(arena, size).forward(DELTA);
        int[][] walks = {{100, 200}, {1, 64, 235}, {63, 65, 1, 171}, {2, 128, 37, 130, 3}};
        for (int[] walk : walks) {
          assertSameForward(delta(arena, size).walk(DELTA, walk), expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Arena arena = Arena.ofShared();
        Team team = new Team(threads)) {
      var size = new Size(1, 900, shape(true, 24, 40), true, true);
      var expected = delta(arena, size).forward(DELTA).gradient(DELTA);
      var other = new VectorDelta(team);
      var actual = delta(arena, size).forward(other).gradient(other);
      assertSameBits("y", actual.y, expected.y);
      assertSameBits("state", actual.state, expected.state);
      expected.gradients.forEach(
          (name, gradient) -> assertSameBits("d" + name, actual.gradient(name), gradient));
      assertSameBits("dState", actual.dState, expected.dState);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDocumentDoesNotFeelWhatStandsBeforeIt(boolean decay) {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 400, shape(decay, 16, 8), true, false);
      var made = delta(arena, size);
      var other = delta(arena, size);
      int start = 230;
      made.resets = new boolean[400];
      made.resets[start] = true;
      other.resets = made.resets;
      for (String name : List.of("q", "k", "v", "erase", "write")) {
        before(start, other.operand(name)).segment().fill((byte) 0x3d);
      }
      other.initialState.segment().fill((byte) 0x40);
      made.forward(DELTA).gradient(DELTA);
      other.forward(DELTA).gradient(DELTA);
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

  /** Sums of log decay of thousands, whose differences must keep their digits. */
  @Test
  void closedGatesInTheMiddleOfAChunkDoNotCostDigits() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 192, shape(true, 16, 8), true, false);
      var expected = delta(arena, size);
      var actual = delta(arena, size);
      for (var made : List.of(expected, actual)) {
        for (int t = 10; t < 192; t += 30) {
          made.operand("log_decay").set(2L * t, -3000f);
          made.operand("log_decay").set(2L * t + 1, Float.NEGATIVE_INFINITY);
        }
      }
      expected.forward(new ScalarDelta()).gradient(new ScalarDelta());
      actual.forward(DELTA).gradient(DELTA);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }

  /** beta of 2 with keys of length 1 turns the state round at each token: nothing may grow. */
  @Test
  void reflectionsKeepTheirDigits() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 1000, shape(false, 16, 8), true, false);
      var expected = delta(arena, size);
      var actual = delta(arena, size);
      for (var made : List.of(expected, actual)) {
        Tensor k = made.operand("k");
        for (int row = 0; row < k.length() / 16; row++) {
          double square = 0;
          for (int c = 0; c < 16; c++) {
            square += Math.pow(k.get(row * 16L + c), 2);
          }
          for (int c = 0; c < 16; c++) {
            k.set(row * 16L + c, (float) (k.get(row * 16L + c) / Math.sqrt(square)));
          }
          made.operand("erase").set(row, 2f);
        }
      }
      expected.forward(new ScalarDelta()).gradient(new ScalarDelta());
      actual.forward(DELTA).gradient(DELTA);
      // A rounding for each of the 1,000 reflections.
      assertClose("y", actual.y, expected.y, 1000 * 0x1p-24, 1000 * 0x1p-24);
      assertClose("dk", actual.gradient("k"), expected.gradient("k"), 1e-4, 1e-4);
    }
  }

  @Test
  void callsAllocateNothing() {
    try (Arena arena = Arena.ofShared();
        Team alone = new Team(1)) {
      var one = new VectorDelta(alone);
      var made = delta(arena, new Size(1, 300, shape(true, 16, 24), true, true));
      MixerData.assertAllocatesNothing(made.forwardAndBack(one));
    }
  }
}
