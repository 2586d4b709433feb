package dev.swax.runtime.kernel.attention;

import static dev.swax.runtime.kernel.MixerData.assertClose;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarAttentionTest {
  private static final double STEP = 1e-5;

  private static final AttentionShape PLAIN = new AttentionShape(4, 2, 3);

  @ParameterizedTest
  @CsvSource({"1, false", "3, false", "3, true", "100, false", "100, true"})
  void gradientIsTheSlopeOfTheLoss(int window, boolean documents) {
    check(PLAIN, window, documents);
  }

  static Stream<AttentionShape> shapes() {
    return Stream.of(
        PLAIN.withValueWidth(5),
        PLAIN.withValueWidth(2).withScale(0.3),
        PLAIN.withCap(0.7),
        PLAIN.withSinks(),
        PLAIN.withChunk(3),
        PLAIN.withValueWidth(4).withScale(1.5).withCap(2).withSinks().withChunk(4));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientOfEveryOption(AttentionShape shape) {
    check(shape, 100, false);
    check(shape, 100, true);
    check(shape.withChunk(0), 3, true);
    check(shape.withChunk(0), 3, false, 2);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "3, 7", "100, 3"})
  void gradientWithAnAnchor(int window, int anchor) {
    check(PLAIN, window, false, anchor);
  }

  private static void check(AttentionShape shape, int window, boolean documents) {
    check(shape, window, documents, 0);
  }

  private static void check(AttentionShape shape, int window, boolean documents, int anchor) {
    try (Arena arena = Arena.ofConfined()) {
      var made = new AttentionCase(arena, shape, 2, 7, 0, window, 31);
      made.anchor = anchor;
      if (documents) {
        made.cutDocuments(32, 3);
      }
      made.scalarForward().scalarGradient();
      var plain = new Plain(made);
      plain.loss();
      assertClose("y", made.y, floats(arena, plain.y), 1e-6, 0);
      assertClose("dq", made.dq, plain.differences(arena, plain.q), 1e-6, 1e-6);
      assertClose("dk", made.dk, plain.differences(arena, plain.k), 1e-6, 1e-6);
      assertClose("dv", made.dv, plain.differences(arena, plain.v), 1e-6, 1e-6);
      assertClose("dSinks", made.dSinks, plain.differences(arena, plain.sinks), 1e-6, 1e-6);
    }
  }

  private static Tensor floats(Arena arena, double[] values) {
    Tensor x = Tensor.allocate(arena, values.length);
    for (int i = 0; i < values.length; i++) {
      x.set(i, (float) values[i]);
    }
    return x;
  }

  /** Softmax over all keys with those outside the band left out, in double. */
  private static final class Plain {
    private final AttentionCase made;
    private final double[] q;
    private final double[] k;
    private final double[] v;
    private final double[] sinks;
    private final double[] y;

    Plain(AttentionCase made) {
      this.made = made;
      q = doubles(made.q);
      k = doubles(made.k);
      v = doubles(made.v);
      sinks = doubles(made.sinks);
      y = new double[(int) made.y.length()];
    }

    private static double[] doubles(Tensor x) {
      double[] values = new double[(int) x.length()];
      Arrays.setAll(values, x::get);
      return values;
    }

    double loss() {
      int heads = made.shape.heads();
      int width = made.shape.headWidth();
      int values = made.shape.valueWidth();
      double loss = 0;
      for (int at = 0; at < made.batch * made.time * heads; at++) {
        int row = at / heads;
        int b = row / made.time;
        double[] weights = new double[made.time];
        double sum = made.shape.sinks() ? Math.exp(sinks[at % heads]) : 0;
        for (int j = 0; j < made.time; j++) {
          int key = key(b, j, at % heads) * width;
          double score = 0;
          for (int c = 0; c < width; c++) {
            score += q[at * width + c] * k[key + c] * made.shape.scale();
          }
          double cap = made.shape.cap();
          score = cap == 0 ? score : cap * Math.tanh(score / cap);
          weights[j] = seen(row, row % made.time, j) ? Math.exp(score) : 0;
          sum += weights[j];
        }
        for (int c = 0; c < values; c++) {
          double total = 0;
          for (int j = 0; j < made.time; j++) {
            total += weights[j] / sum * v[key(b, j, at % heads) * values + c];
          }
          y[at * values + c] = total;
          loss += total * made.dy.get(at * values + c);
        }
      }
      return loss;
    }

    private int key(int b, int j, int h) {
      int keyHeads = made.shape.keyHeads();
      int group = made.shape.heads() / keyHeads;
      return (b * made.time + j) * keyHeads + h / group;
    }

    private boolean seen(int row, int t, int j) {
      int first = made.firstKeys == null ? 0 : made.firstKeys[row];
      int chunk = made.shape.chunk();
      boolean near =
          j > t - made.window
              && j >= first
              && (chunk == 0 || (j - first) / chunk == (t - first) / chunk);
      return j <= t && (near || j < made.anchor);
    }

    Tensor differences(Arena arena, double[] inputs) {
      double[] slopes = new double[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        double value = inputs[i];
        inputs[i] = value + STEP;
        double above = loss();
        inputs[i] = value - STEP;
        double below = loss();
        inputs[i] = value;
        slopes[i] = (above - below) / (2 * STEP);
      }
      return floats(arena, slopes);
    }
  }
}
