package dev.swax.runtime.kernel.memory;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static dev.swax.runtime.kernel.MixerData.assertSameBits;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMemoryTest {
  private static final Team TEAM = new Team(2);
  private static final VectorMemory MEMORY = new VectorMemory(TEAM);

  @AfterAll
  static void close() {
    TEAM.close();
  }

  private record Size(int batch, int time, MemoryShape shape, boolean state, boolean documents) {}

  private static MemoryShape shape(Normalizer normalizer, int keyWidth, int valueWidth) {
    return new MemoryShape(
        2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth)), normalizer, true, true);
  }

  static Stream<Size> sizes() {
    List<Size> sizes = new ArrayList<>();
    for (Normalizer normalizer : Normalizer.values()) {
      for (int time : new int[] {1, 2, 3, 63, 64, 65, 130, 257}) {
        sizes.add(new Size(1, time, shape(normalizer, 8, 16), false, false));
        sizes.add(new Size(2, time, shape(normalizer, 24, 8), true, true));
        sizes.add(new Size(1, time, shape(normalizer, 5, 7), true, false));
      }
      for (int gates = 0; gates < 3; gates++) {
        var shape =
            new MemoryShape(3, 16, 24, 0.25f, normalizer, (gates & 1) != 0, (gates & 2) != 0);
        sizes.add(new Size(2, 150, shape, true, false));
        sizes.add(new Size(3, 150, shape, false, true));
      }
      sizes.add(new Size(1, 300, shape(normalizer, 64, 32), true, true));
      sizes.add(new Size(1, 300, shape(normalizer, 128, 130), true, true));
    }
    return sizes.stream();
  }

  private static MemoryCase memory(Arena arena, Size size) {
    var made = new MemoryCase(arena, size.shape, size.batch, size.time, 5);
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
      var expected = memory(arena, size).scalarForward().scalarGradient();
      var actual = memory(arena, size).forward(MEMORY);
      assertSameForward(actual, expected, 1e-5);
      actual.gradient(MEMORY);
      assertClose("dq", actual.dq, expected.dq, 1e-5, 1e-5);
      assertClose("dk", actual.dk, expected.dk, 1e-5, 1e-5);
      assertClose("dv", actual.dv, expected.dv, 1e-5, 1e-5);
      assertClose("dState", actual.dState, expected.dState, 1e-5, 1e-5);
      assertGateClose("dLogInput", actual.dLogInput, expected.dLogInput);
      assertGateClose("dLogForget", actual.dLogForget, expected.dLogForget);
    }
  }

  private static void assertGateClose(
      String what, @Nullable Tensor actual, @Nullable Tensor expected) {
    if (expected != null) {
      assertClose(what, Objects.requireNonNull(actual), expected, 1e-4, 2e-5);
    }
  }

  private static void assertSameForward(MemoryCase actual, MemoryCase expected, double tolerance) {
    assertClose("y", actual.y, expected.y, tolerance, tolerance);
    assertClose("state", actual.state, expected.state, tolerance, tolerance);
    assertClose("stateMax", actual.stateMax, expected.stateMax, 1e-6, 1e-6);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void chunksAgreeWithTheRecurrence(Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = memory(arena, size).byToken(MEMORY);
      assertSameForward(memory(arena, size).forward(MEMORY), expected, 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void segmentsAgreeWithOnePass(Normalizer normalizer) {
    for (boolean documents : new boolean[] {false, true}) {
      var size = new Size(1, 300, shape(normalizer, 16, 24), true, documents);
      try (Arena arena = Arena.ofShared()) {
        var expected = memory(arena, size).forward(MEMORY);
        int[][] walks = {{100, 200}, {1, 64, 235}, {63, 65, 1, 171}, {2, 128, 37, 130, 3}};
        for (int[] walk : walks) {
          assertSameForward(memory(arena, size).walk(MEMORY, walk), expected, 1e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Arena arena = Arena.ofShared();
        Team team = new Team(threads)) {
      var size = new Size(1, 900, shape(Normalizer.MAX_ABS_ONE, 24, 40), true, true);
      var expected = memory(arena, size).forward(MEMORY).gradient(MEMORY);
      var other = new VectorMemory(team);
      var actual = memory(arena, size).forward(other).gradient(other);
      assertSameBits("y", actual.y, expected.y);
      assertSameBits("state", actual.state, expected.state);
      assertSameBits("dq", actual.dq, expected.dq);
      assertSameBits("dk", actual.dk, expected.dk);
      assertSameBits("dv", actual.dv, expected.dv);
      assertSameBits("dState", actual.dState, expected.dState);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDocumentDoesNotFeelWhatStandsBeforeIt(Normalizer normalizer) {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 400, shape(normalizer, 16, 8), true, false);
      var made = memory(arena, size);
      var other = memory(arena, size);
      int start = 230;
      made.resets = new boolean[400];
      made.resets[start] = true;
      other.resets = made.resets;
      for (Tensor x : new Tensor[] {other.q, other.k, other.v, other.dy, other.initialState}) {
        x.slice(0, start * x.length() / 400).segment().fill((byte) 0x40);
      }
      made.forward(MEMORY).gradient(MEMORY);
      other.forward(MEMORY).gradient(MEMORY);
      assertSameBits("y", after(start, other.y), after(start, made.y));
      assertSameBits("state", other.state, made.state);
      assertSameBits("dq", after(start, other.dq), after(start, made.dq));
      assertSameBits("dk", after(start, other.dk), after(start, made.dk));
      assertSameBits("dv", after(start, other.dv), after(start, made.dv));
    }
  }

  private static Tensor after(int start, Tensor x) {
    long from = start * x.length() / 400;
    return x.slice(from, x.length() - from);
  }

  /** Sums of log f of thousands, whose differences must keep their digits. */
  @ParameterizedTest
  @EnumSource
  void closedGatesInTheMiddleOfAChunkDoNotCostDigits(Normalizer normalizer) {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 192, shape(normalizer, 16, 8), true, false);
      var expected = memory(arena, size);
      var actual = memory(arena, size);
      for (var made : List.of(expected, actual)) {
        Tensor forget = Objects.requireNonNull(made.logForget);
        for (int t = 10; t < 192; t += 30) {
          forget.set(2L * t, -3000f);
          forget.set(2L * t + 1, Float.NEGATIVE_INFINITY);
        }
      }
      expected.scalarForward().scalarGradient();
      actual.forward(MEMORY).gradient(MEMORY);
      assertSameForward(actual, expected, 1e-5);
      assertClose("dq", actual.dq, expected.dq, 1e-5, 1e-5);
      assertClose("dk", actual.dk, expected.dk, 1e-5, 1e-5);
      assertClose("dv", actual.dv, expected.dv, 1e-5, 1e-5);
      assertGateClose("dLogForget", actual.dLogForget, expected.dLogForget);
    }
  }

  @Test
  @Tag("fresh-jvm")
  void callsAllocateNothing() {
    try (Arena arena = Arena.ofShared();
        Team alone = new Team(1)) {
      var one = new VectorMemory(alone);
      var made = memory(arena, new Size(1, 300, shape(Normalizer.MAX_ABS_ONE, 16, 24), true, true));
      MixerData.assertAllocatesNothing(made.forwardAndBack(one));
    }
  }
}
