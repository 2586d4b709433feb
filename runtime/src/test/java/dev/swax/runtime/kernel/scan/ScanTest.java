package dev.swax.runtime.kernel.scan;

import static dev.swax.runtime.kernel.MixerData.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector form of a scan against its meaning, with carried states and documents. */
class ScanTest {
  private static final int BATCH = 2;
  private static final int TIME = 37;

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  /** Everything that a pass and its gradient write. */
  private record Written(Tensor h, Tensor state, Tensor dDecay, Tensor dInput, Tensor dState) {
    List<Tensor> all() {
      return List.of(h, state, dDecay, dInput, dState);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 100})
  void agreesWithItsMeaning(int columns) {
    try (Team team = new Team(2)) {
      Written expected = run(new ScalarScan(), columns, resets());
      Written actual = run(new VectorScan(team), columns, resets());
      for (int i = 0; i < expected.all().size(); i++) {
        requireClose(actual.all().get(i), expected.all().get(i), "tensor " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Team one = new Team(2);
        Team other = new Team(threads)) {
      Written expected = run(new VectorScan(one), 50, null);
      Written actual = run(new VectorScan(other), 50, null);
      for (int i = 0; i < expected.all().size(); i++) {
        assertThat(bits(actual.all().get(i))).isEqualTo(bits(expected.all().get(i)));
      }
    }
  }

  /** A text in two pieces, the state carried on, gives the bits of the text in one. */
  @Test
  void piecesAreTheWhole() {
    int columns = 20;
    try (Team team = new Team(1)) {
      var kernel = new VectorScan(team);
      var shape = new ScanShape(2, columns / 2);
      var random = new SplittableRandom(3);
      Tensor decay = decays(random, columns * TIME);
      Tensor input = normal(random, columns * TIME);
      Tensor whole = Tensor.allocate(arena, (long) columns * TIME);
      Tensor pieces = Tensor.allocate(arena, (long) columns * TIME);
      Tensor state = Tensor.allocate(arena, columns);
      kernel.forward(
          new RecurrenceCall(
              shape, List.of(decay, input), List.of(whole), List.of(), 1, TIME, null));
      for (int from = 0, length = 5; from < TIME; from += length, length = TIME - from) {
        long at = (long) from * columns;
        long size = (long) length * columns;
        kernel.forward(
            new RecurrenceCall(
                shape,
                List.of(decay.slice(at, size), input.slice(at, size)),
                List.of(pieces.slice(at, size)),
                List.of(state),
                1,
                length,
                null));
      }
      assertThat(bits(pieces)).isEqualTo(bits(whole));
    }
  }

  @Test
  @Tag("fresh-jvm")
  void allocatesNothing() {
    int columns = 40;
    var random = new SplittableRandom(5);
    int length = BATCH * TIME * columns;
    List<Tensor> states = List.of(normal(random, BATCH * columns));
    var forward =
        new RecurrenceCall(
            new ScanShape(2, columns / 2),
            List.of(decays(random, length), normal(random, length)),
            List.of(unwritten(length)),
            states,
            BATCH,
            TIME,
            resets());
    var backward =
        new RecurrenceGradientCall(
            forward,
            normal(random, length),
            List.of(unwritten(length), unwritten(length)),
            List.of(normal(random, BATCH * columns)));
    try (Team team = new Team(1)) {
      var kernel = new VectorScan(team);
      assertAllocatesNothing(() -> {
        kernel.forward(forward);
        kernel.gradient(backward);
      });
    }
  }

  private Written run(RecurrenceKernel kernel, int columns, boolean @Nullable [] resets) {
    var random = new SplittableRandom(columns);
    var shape = new ScanShape(1, columns);
    int length = BATCH * TIME * columns;
    List<Tensor> operands = List.of(decays(random, length), normal(random, length));
    Tensor dy = normal(random, length);
    Tensor first = normal(random, BATCH * columns);
    Tensor state = Tensor.allocate(arena, first.length());
    state.segment().copyFrom(first.segment());
    var written =
        new Written(
            unwritten(length),
            state,
            unwritten(length),
            unwritten(length),
            normal(random, BATCH * columns));
    kernel.forward(
        new RecurrenceCall(
            shape, operands, List.of(written.h), List.of(state), BATCH, TIME, resets));
    kernel.gradient(
        new RecurrenceGradientCall(
            new RecurrenceCall(
                shape, operands, List.of(written.h), List.of(first), BATCH, TIME, resets),
            dy,
            List.of(written.dDecay, written.dInput),
            List.of(written.dState)));
    return written;
  }

  private static boolean[] resets() {
    boolean[] resets = new boolean[BATCH * TIME];
    resets[0] = true;
    resets[TIME / 2] = true;
    resets[TIME + 5] = true;
    return resets;
  }

  private Tensor decays(SplittableRandom random, int length) {
    Tensor x = Tensor.allocate(arena, length);
    for (int i = 0; i < length; i++) {
      x.set(i, (float) random.nextDouble(-0.2, 1));
    }
    return x;
  }

  private Tensor normal(SplittableRandom random, int length) {
    Tensor x = Tensor.allocate(arena, length);
    for (int i = 0; i < length; i++) {
      x.set(i, (float) random.nextGaussian());
    }
    return x;
  }

  private Tensor unwritten(int length) {
    Tensor x = Tensor.allocate(arena, length);
    for (int i = 0; i < length; i++) {
      x.set(i, Float.NaN);
    }
    return x;
  }

  private static int[] bits(Tensor x) {
    return x.segment().toArray(ValueLayout.JAVA_INT);
  }

  /** A rounding for each step of the sum that a value remembers, some ten at these decays. */
  private static void requireClose(Tensor actual, Tensor expected, String what) {
    double largest = 0;
    for (long i = 0; i < expected.length(); i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
    }
    for (long i = 0; i < expected.length(); i++) {
      assertThat((double) actual.get(i))
          .as("%s, element %d", what, i)
          .isCloseTo(expected.get(i), within(40 * 0x1p-24 * largest));
    }
  }
}
