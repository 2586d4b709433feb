package dev.swax.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenChoiceTest {
  private static final int VOCABULARY = 150;

  /** The logits stand in the middle of others, and half of them are equal to another one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 75, 149, 150, 200})
  void drawsAsIfAllTokensHadBeenSorted(int topK) {
    var random = new SplittableRandom(topK);
    Tensor logits = Tensor.allocate(Arena.ofAuto(), 3 * VOCABULARY);
    for (double temperature : new double[] {0.3, 1, 5}) {
      var choice =
          new TokenChoice(
              new Sampling(temperature, topK), new RandomStream(5, "sample"), VOCABULARY);
      var draws = new RandomStream(5, "sample");
      for (int times = 0; times < 200; times++) {
        for (int i = 0; i < logits.length(); i++) {
          logits.set(i, random.nextInt(-40, 40) / 8f);
        }
        assertThat(choice.choose(logits, VOCABULARY))
            .isEqualTo(drawn(logits, draws.nextDouble(), temperature, topK));
      }
    }
  }

  /** Of equally likely ones the first count. */
  private static int drawn(Tensor logits, double draw, double temperature, int topK) {
    List<Integer> likeliest =
        IntStream.range(0, VOCABULARY)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits.get(VOCABULARY + i)))
            .toList();
    float highest = logits.get((long) VOCABULARY + likeliest.getFirst());
    List<Integer> allowed =
        likeliest.stream().limit(topK == 0 ? VOCABULARY : topK).sorted().toList();
    double[] sums = new double[allowed.size() + 1];
    for (int i = 0; i < allowed.size(); i++) {
      double logit = logits.get((long) VOCABULARY + allowed.get(i));
      sums[i + 1] = sums[i] + StrictMath.exp((logit - highest) / temperature);
    }
    int found = 0;
    while (found < allowed.size() - 1 && draw * sums[allowed.size()] >= sums[found + 1]) {
      found++;
    }
    return allowed.get(found);
  }
}
