package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.ParameterLayout;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.rank.SingleProcess;
import dev.swax.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of lanes, bit for bit as the tree says, and the update from them. */
class GradientsInLanesTest {
  /** More numbers than a piece has, and some that are no multiple of anything. */
  private static final List<ParameterSpec> SPECS =
      List.of(
          new ParameterSpec("a", 3, 11_003, new Initializer.Constant(0), true),
          new ParameterSpec("b", 1, 7, new Initializer.Constant(0), false));

  private static final UpdateRule.ByAdamW RULE = new UpdateRule.ByAdamW(1, 0.9, 0.95, 1e-8, 0.1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void lanesAreSummedInATree(int lanes) {
    try (Kernels kernels = new ScalarKernels();
        Parameters parameters = Parameters.allocate(shares(), rules(), 0);
        var gradients = new GradientsInLanes(together(kernels, parameters), lanes)) {
      float[][] all = fill(gradients, parameters, lanes);
      double squares = gradients.sumOfSquares();
      float[] expected = tree(all, 0, lanes);
      double sum = 0;
      float[] actual = new float[expected.length];
      for (int i = 0; i < expected.length; i++) {
        actual[i] = parameters.gradients().get(i);
        sum += (double) expected[i] * expected[i];
      }
      assertThat(actual).isEqualTo(expected);
      assertThat(squares).isCloseTo(sum, within(1e-9 * sum));

      float before = parameters.get("a").value().get(5);
      gradients.update(rules(), 0.01, 0.5, 1);
      // the first step of AdamW: m and v without their bias are g and its square
      float g = 0.5f * expected[5];
      double step = g / (Math.abs(g) + 1e-8) + 0.1 * before;
      assertThat(parameters.get("a").value().get(5))
          .isCloseTo((float) (before - 0.01 * step), within(1e-5f));
    }
  }

  @Test
  void aSumOfTooFewLanesIsAFault() {
    try (Kernels kernels = new ScalarKernels();
        Parameters parameters = Parameters.allocate(shares(), rules(), 0);
        var gradients = new GradientsInLanes(together(kernels, parameters), 4)) {
      fill(gradients, parameters, 3);
      assertThatThrownBy(gradients::sumOfSquares).hasMessage("3 lanes have been summed of 4");
    }
  }

  /** What each lane has added. */
  private static float[][] fill(GradientsInLanes gradients, Parameters parameters, int lanes) {
    var random = new SplittableRandom(1);
    Tensor sum = parameters.gradients();
    float[][] all = new float[lanes][Math.toIntExact(sum.length())];
    for (int lane = 0; lane < lanes; lane++) {
      gradients.begin(lane);
      for (int i = 0; i < all[lane].length; i++) {
        float first = sum.get(i); // 0, as a lane begins
        float more = isBetween(i) ? 0 : (float) random.nextDouble(-1, 1);
        sum.set(i, first + more);
        all[lane][i] = more;
      }
      gradients.end(lane);
    }
    return all;
  }

  /** Whether it belongs to no parameter: they begin at multiples of 64 bytes. */
  private static boolean isBetween(int number) {
    var layout = new ParameterLayout(SPECS);
    boolean behindFirst = number >= SPECS.getFirst().size() && number < layout.start(1);
    return behindFirst || number >= layout.start(1) + SPECS.getLast().size();
  }

  private static float[] tree(float[][] lanes, int from, int count) {
    if (count == 1) {
      return lanes[from];
    }
    float[] left = tree(lanes, from, count / 2);
    float[] right = tree(lanes, from + count / 2, count / 2);
    float[] sum = new float[left.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = left[i] + right[i];
    }
    return sum;
  }

  private static Together together(Kernels kernels, Parameters parameters) {
    return new Together(new SingleProcess(), shares(), kernels, parameters);
  }

  private static Shares shares() {
    return new Shares(new ParameterLayout(SPECS), rules(), 1);
  }

  private static List<UpdateRule> rules() {
    return Collections.nCopies(SPECS.size(), RULE);
  }
}
