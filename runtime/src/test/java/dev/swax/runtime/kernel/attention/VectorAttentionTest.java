package dev.swax.runtime.kernel.attention;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static dev.swax.runtime.kernel.MixerData.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorAttentionTest {
  private static final Team TEAM = new Team(2);
  private static final VectorAttention ATTENTION = new VectorAttention(TEAM);

  @AfterAll
  static void close() {
    TEAM.close();
  }

  private record Size(
      int batch, int time, int window, AttentionShape shape, boolean documents, int anchor) {
    Size(int batch, int time, int window, AttentionShape shape, boolean documents) {
      this(batch, time, window, shape, documents, 0);
    }
  }

  static Stream<Size> sizes() {
    List<Size> sizes = new ArrayList<>();
    for (int time : new int[] {1, 2, 3, 63, 64, 65, 130, 257}) {
      for (int window : new int[] {1, 2, 16, 64, 128, 1000}) {
        sizes.add(new Size(1, time, window, new AttentionShape(2, 2, 16), false));
        sizes.add(new Size(2, time, window, new AttentionShape(2, 1, 8), true));
      }
    }
    for (int width : new int[] {8, 16, 24, 64, 100}) {
      sizes.add(new Size(3, 70, 33, new AttentionShape(4, 2, width), false));
      sizes.add(new Size(1, 300, 40, new AttentionShape(3, 1, width), true));
    }
    sizes.add(new Size(1, 1100, 128, new AttentionShape(2, 2, 8), true));
    sizes.add(new Size(1, 1100, 129, new AttentionShape(2, 2, 8), false));
    sizes.add(new Size(1, 1100, 700, new AttentionShape(1, 1, 8), false));
    sizes.add(new Size(1, 700, Integer.MAX_VALUE, new AttentionShape(2, 1, 8), false));
    for (AttentionShape shape : options()) {
      sizes.add(new Size(2, 70, 33, shape, true));
      sizes.add(new Size(1, 400, ALL, shape, false));
      for (int chunk : new int[] {1, 64, 5000}) {
        sizes.add(new Size(1, 130, ALL, shape.withChunk(chunk), chunk == 64));
      }
      sizes.add(new Size(1, 700, ALL, shape.withChunk(300), true));
      sizes.add(new Size(2, 333, 40, shape, false, 21));
    }
    // Below, at and above the borders of blocks of keys.
    for (int anchor : new int[] {1, 15, 128, 130, 321, 400}) {
      sizes.add(new Size(1, 401, 16, new AttentionShape(2, 1, 8), false, anchor));
      sizes.add(new Size(2, 1300, 100, new AttentionShape(2, 2, 8), false, anchor));
      sizes.add(new Size(1, 700, ALL, new AttentionShape(2, 2, 8).withChunk(64), false, anchor));
      sizes.add(new Size(1, 400, ALL, new AttentionShape(2, 1, 16), false, anchor));
    }
    return sizes.stream();
  }

  private static final int ALL = Integer.MAX_VALUE;

  private static List<AttentionShape> options() {
    var shape = new AttentionShape(4, 2, 16);
    return List.of(
        shape,
        shape.withValueWidth(24),
        shape.withValueWidth(5).withScale(0.11),
        shape.withCap(1.5),
        shape.withSinks(),
        new AttentionShape(2, 1, 24).withValueWidth(16).withScale(1).withCap(5).withSinks());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void agreesWithScalar(Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = attention(arena, size).scalarForward().scalarGradient();
      var actual = attention(arena, size).vectorForward(ATTENTION).vectorGradient(ATTENTION);
      // A sum of n products of rounding error 2^-24 each; a few such sums in a row.
      int longest = Math.max(size.shape.headWidth(), size.shape.valueWidth());
      double tolerance = 1e-6 * (longest + Math.min(size.time, size.window)) / 16;
      assertClose("y", actual.y, expected.y, 2e-6, tolerance);
      assertClose("logSumExp", actual.logSumExp, expected.logSumExp, 2e-6, 1e-6);
      assertClose("dq", actual.dq, expected.dq, 1e-5, tolerance);
      assertClose("dk", actual.dk, expected.dk, 1e-5, tolerance);
      assertClose("dv", actual.dv, expected.dv, 1e-5, tolerance);
      double all = tolerance * Math.sqrt(size.batch * size.time);
      assertClose("dSinks", actual.dSinks, expected.dSinks, 1e-5, all);
    }
  }

  private static AttentionCase attention(Arena arena, Size size) {
    var made = new AttentionCase(arena, size.shape, size.batch, size.time, 0, size.window, 7);
    if (size.documents) {
      made.cutDocuments(11, 20);
    }
    made.anchor = size.anchor;
    return made;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void threadsDoNotChangeABit(int threads) {
    try (Team team = new Team(threads)) {
      sameBits(team, new Size(1, 900, 200, new AttentionShape(4, 2, 24), true));
      var shape = new AttentionShape(4, 2, 24).withValueWidth(16).withCap(3).withSinks();
      sameBits(team, new Size(2, 900, ALL, shape.withChunk(250), true));
      sameBits(team, new Size(2, 900, 100, shape, false, 150));
      sameBits(team, new Size(3, 1, ALL, shape, false));
    }
  }

  private static void sameBits(Team team, Size size) {
    try (Arena arena = Arena.ofShared()) {
      var expected = attention(arena, size).vectorForward(ATTENTION).vectorGradient(ATTENTION);
      var other = new VectorAttention(team);
      var actual = attention(arena, size).vectorForward(other).vectorGradient(other);
      assertSameBits("y", actual.y, expected.y);
      assertSameBits("logSumExp", actual.logSumExp, expected.logSumExp);
      assertSameBits("dq", actual.dq, expected.dq);
      assertSameBits("dk", actual.dk, expected.dk);
      assertSameBits("dv", actual.dv, expected.dv);
      assertSameBits("dSinks", actual.dSinks, expected.dSinks);
    }
  }

  @Test
  void aWindowHoldsItsKeysAndNoMore() {
    try (Arena arena = Arena.ofShared()) {
      int time = 200;
      int window = 64;
      int query = 150;
      var shape = new AttentionShape(1, 1, 16);
      for (int distance : new int[] {window, window - 1}) {
        var before = new AttentionCase(arena, shape, 1, time, 0, window, 3);
        var after = new AttentionCase(arena, shape, 1, time, 0, window, 3);
        for (int c = 0; c < 16; c++) {
          after.k.set((query - distance) * 16L + c, 2f);
          after.v.set((query - distance) * 16L + c, 9f);
        }
        before.vectorForward(ATTENTION);
        after.vectorForward(ATTENTION);
        boolean changed = false;
        for (int c = 0; c < 16; c++) {
          changed |= before.y.get(query * 16L + c) != after.y.get(query * 16L + c);
        }
        assertThat(changed).as("key %d before query", distance).isEqualTo(distance < window);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 70})
  void agreesWithScalarAfterPastKeys(int time) {
    for (int window : new int[] {1, 16, 100, 5000}) {
      try (Arena arena = Arena.ofShared()) {
        var shape = new AttentionShape(4, 2, 24);
        var expected = new AttentionCase(arena, shape, 2, time, 333, window, 41).scalarForward();
        var actual =
            new AttentionCase(arena, shape, 2, time, 333, window, 41).vectorForward(ATTENTION);
        assertClose("y", actual.y, expected.y, 2e-6, 1e-6);
        assertClose("logSumExp", actual.logSumExp, expected.logSumExp, 2e-6, 1e-6);
      }
    }
  }

  @Test
  void segmentsWithTheirPastAgreeWithOnePass() {
    var shape = new AttentionShape(2, 1, 16);
    segments(shape, 50, 49);
    segments(shape.withSinks().withCap(4), 50, 49);
    segments(shape.withChunk(50), ALL, 49);
    segments(shape.withChunk(64), ALL, 200);
  }

  private static void segments(AttentionShape shape, int window, int most) {
    try (Arena arena = Arena.ofShared()) {
      var whole = new AttentionCase(arena, shape, 1, 300, 0, window, 43).vectorForward(ATTENTION);
      int from = 0;
      for (int length : new int[] {1, 63, 130, 37, 69}) {
        int past = Math.min(from, most);
        var piece = new AttentionCase(arena, shape, 1, length, past, window, 0);
        piece.position = from;
        piece.sinks.segment().copyFrom(whole.sinks.segment());
        piece.q.segment().copyFrom(whole.q.slice(from * 32L, length * 32L).segment());
        Tensor keys = whole.k.slice((from - past) * 16L, (past + length) * 16L);
        Tensor values = whole.v.slice((from - past) * 16L, (past + length) * 16L);
        piece.k.segment().copyFrom(keys.segment());
        piece.v.segment().copyFrom(values.segment());
        piece.vectorForward(ATTENTION);
        assertClose("y", piece.y, whole.y.slice(from * 32L, length * 32L), 1e-6, 1e-6);
        from += length;
      }
      assertThat(from).isEqualTo(300);
    }
  }

  /** It has kernels of its own. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6, 30, 318, 319, 330, 700})
  void aSingleQueryHasTheBitsThatItHasBesideOthers(int past) {
    List<AttentionShape> shapes = new ArrayList<>(options());
    shapes.add(new AttentionShape(2, 1, 70));
    shapes.add(new AttentionShape(1, 1, 3).withValueWidth(200));
    shapes.add(new AttentionShape(5, 3, 8).withValueWidth(20));
    for (AttentionShape shape : shapes) {
      for (int first : new int[] {0, past / 3, past}) {
        singleQuery(shape, past, first, 0);
        singleQuery(shape, past, first, Math.min(past, 325));
      }
    }
  }

  private static void singleQuery(AttentionShape shape, int past, int first, int anchor) {
    try (Arena arena = Arena.ofShared()) {
      var two = new AttentionCase(arena, shape, 1, 2, past, ALL, 47);
      var one = new AttentionCase(arena, shape, 1, 1, past + 1, ALL, 48);
      two.firstKeys = new int[] {first, first};
      one.firstKeys = new int[] {first};
      two.anchor = anchor;
      one.anchor = anchor;
      one.q.segment().copyFrom(last(two.q, one.q.length()).segment());
      one.k.segment().copyFrom(two.k.segment());
      one.v.segment().copyFrom(two.v.segment());
      one.sinks.segment().copyFrom(two.sinks.segment());
      two.vectorForward(ATTENTION);
      one.vectorForward(ATTENTION);
      assertSameBits("y", one.y, last(two.y, one.y.length()));
      assertSameBits("logSumExp", one.logSumExp, last(two.logSumExp, one.logSumExp.length()));
    }
  }

  private static Tensor last(Tensor x, long length) {
    return x.slice(x.length() - length, length);
  }

  @Test
  void aDocumentDoesNotFeelWhatStandsBeforeIt() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 400, 128, new AttentionShape(2, 1, 16), false);
      var made = attention(arena, size);
      var other = attention(arena, size);
      int start = 230;
      int[] first = new int[400];
      Arrays.fill(first, start, 400, start);
      made.firstKeys = first;
      other.firstKeys = first;
      for (Tensor x : new Tensor[] {other.q, other.k, other.v, other.dy}) {
        x.slice(0, start * x.length() / 400).segment().fill((byte) 0x41);
      }
      made.vectorForward(ATTENTION).vectorGradient(ATTENTION);
      other.vectorForward(ATTENTION).vectorGradient(ATTENTION);
      assertSameBits("y", after(start, other.y), after(start, made.y));
      assertSameBits("dq", after(start, other.dq), after(start, made.dq));
      assertSameBits("dk", after(start, other.dk), after(start, made.dk));
      assertSameBits("dv", after(start, other.dv), after(start, made.dv));
    }
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
      var one = new VectorAttention(alone);
      var shape = new AttentionShape(2, 1, 16);
      for (AttentionShape each : List.of(shape, shape.withSinks().withCap(2).withChunk(50))) {
        AttentionGradientCall call =
            attention(arena, new Size(1, 300, 64, each, true)).gradientCall();
        AttentionCall single =
            attention(arena, new Size(2, 1, 64, each, false)).gradientCall().forward();
        MixerData.assertAllocatesNothing(() -> {
          one.forward(call.forward());
          one.gradient(call);
          one.forward(single);
        });
      }
    }
  }
}
