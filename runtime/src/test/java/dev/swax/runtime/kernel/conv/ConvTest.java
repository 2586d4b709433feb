package dev.swax.runtime.kernel.conv;

import static dev.swax.runtime.kernel.MixerData.assertAllocatesNothing;
import static dev.swax.runtime.kernel.MixerData.assertClose;
import static dev.swax.runtime.kernel.MixerData.assertSameBits;
import static dev.swax.runtime.kernel.MixerData.normal;
import static dev.swax.runtime.kernel.MixerData.unwritten;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvTest {
  private static final int BATCH = 2;

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  /** A convolution with random values and states, forward and back. */
  private final class Case {
    final ConvShape shape;
    final int time;
    final Tensor input;
    final Tensor weight;
    final Tensor dy;
    final Tensor y;
    final Tensor first;
    final Tensor state;
    final Tensor dInput;
    final Tensor dWeight;
    final Tensor dState;
    boolean @Nullable [] resets;

    Case(int width, int channels, int time) {
      shape = new ConvShape(channels, width);
      this.time = time;
      var random = new SplittableRandom(channels);
      int length = BATCH * time * channels;
      input = normal(arena, random, length);
      weight = normal(arena, random, width * channels);
      dy = normal(arena, random, length);
      y = unwritten(arena, length);
      first = normal(arena, random, BATCH * shape.columns("last"));
      state = Tensor.allocate(arena, BATCH * shape.columns("last"));
      state.segment().copyFrom(first.segment());
      dInput = unwritten(arena, length);
      dWeight = normal(arena, random, width * channels); // added to
      dState = normal(arena, random, BATCH * shape.columns("last"));
    }

    Case cut() {
      resets = new boolean[BATCH * time];
      resets[time / 2] = true;
      resets[time - 1] = time > 5;
      resets[time] = true;
      return this;
    }

    Case run(RecurrenceKernel kernel) {
      kernel.forward(call(List.of(state)));
      kernel.gradient(
          new RecurrenceGradientCall(
              call(List.of(first)), dy, List.of(dInput, dWeight), List.of(dState)));
      return this;
    }

    /** As it is trained: from nothing, and nothing goes on. */
    Case runApart(RecurrenceKernel kernel) {
      kernel.forward(call(List.of()));
      kernel.gradient(
          new RecurrenceGradientCall(call(List.of()), dy, List.of(dInput, dWeight), List.of()));
      return this;
    }

    private RecurrenceCall call(List<Tensor> states) {
      return new RecurrenceCall(
          shape, List.of(input, weight), List.of(y), states, BATCH, time, resets);
    }

    /** Sums of at most {@code width} products in y, of all rows in the gradient of the weights. */
    void requireNear(Case expected) {
      double rounding = 2 * 0x1p-24;
      assertClose("y", y, expected.y, 0, rounding * shape.width());
      assertClose("state", state, expected.state, 0, 0);
      assertClose("dInput", dInput, expected.dInput, 0, rounding * (shape.width() + 1));
      assertClose("dWeight", dWeight, expected.dWeight, 0, rounding * (BATCH * time + 1));
      assertClose("dState", dState, expected.dState, 0, rounding * (shape.width() + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 3",
    "2, 1, 1",
    "4, 16, 1",
    "4, 17, 2",
    "4, 40, 3",
    "4, 8, 5",
    "3, 33, 40",
    "7, 20, 300"
  })
  void vectorsAgreeWithTheDefinition(int width, int channels, int time) {
    try (Team team = new Team(2)) {
      var vector = new VectorConv(team);
      var scalar = new ScalarConv();
      new Case(width, channels, time)
          .run(vector)
          .requireNear(new Case(width, channels, time).run(scalar));
      new Case(width, channels, time)
          .cut()
          .run(vector)
          .requireNear(new Case(width, channels, time).cut().run(scalar));
      new Case(width, channels, time)
          .cut()
          .runApart(vector)
          .requireNear(new Case(width, channels, time).cut().runApart(scalar));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Team one = new Team(2);
        Team other = new Team(threads)) {
      Case expected = new Case(4, 50, 700).cut().run(new VectorConv(one));
      Case actual = new Case(4, 50, 700).cut().run(new VectorConv(other));
      assertSameBits("y", actual.y, expected.y);
      assertSameBits("dInput", actual.dInput, expected.dInput);
      assertSameBits("dWeight", actual.dWeight, expected.dWeight);
      assertSameBits("dState", actual.dState, expected.dState);
    }
  }

  /** A text in pieces, some shorter than the filter, gives the bits of the text in one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 11})
  void piecesAreTheWhole(int length) {
    int time = 23;
    var shape = new ConvShape(20, 4);
    var random = new SplittableRandom(3);
    Tensor input = normal(arena, random, time * 20);
    List<Tensor> weight = List.of(normal(arena, random, 4 * 20));
    Tensor whole = unwritten(arena, time * 20);
    Tensor pieces = unwritten(arena, time * 20);
    Tensor state = Tensor.allocate(arena, shape.columns("last"));
    try (Team team = new Team(1)) {
      var kernel = new VectorConv(team);
      kernel.forward(
          new RecurrenceCall(
              shape, List.of(input, weight.getFirst()), List.of(whole), List.of(), 1, time, null));
      for (int from = 0; from < time; from += length) {
        int here = Math.min(length, time - from);
        kernel.byToken(
            new RecurrenceCall(
                shape,
                List.of(input.slice(from * 20L, here * 20L), weight.getFirst()),
                List.of(pieces.slice(from * 20L, here * 20L)),
                List.of(state),
                1,
                here,
                null));
      }
      assertSameBits("y", pieces, whole);
    }
  }

  @Test
  @Tag("fresh-jvm")
  void allocatesNothing() {
    try (Team team = new Team(1)) {
      var kernel = new VectorConv(team);
      Case one = new Case(4, 64, 40);
      RecurrenceCall forward = one.call(List.of(one.state));
      var backward =
          new RecurrenceGradientCall(
              forward, one.dy, List.of(one.dInput, one.dWeight), List.of(one.dState));
      assertAllocatesNothing(() -> {
        kernel.forward(forward);
        kernel.gradient(backward);
      });
    }
  }
}
