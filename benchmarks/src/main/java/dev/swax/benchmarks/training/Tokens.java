package dev.swax.benchmarks.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The batch that both sides train on: seeded, with enough structure that the loss falls. */
public final class Tokens {
  private static final long SEED = 20250;

  private Tokens() {}

  /** {@code TOKENS_PER_STEP + 1} tokens; inputs are all but the last, targets all but the first. */
  public static int[] stream() {
    var random = new SplittableRandom(SEED);
    int[] tokens = new int[Sizes.TOKENS_PER_STEP + 1];
    for (int i = 0; i < tokens.length; i++) {
      boolean repeats = i >= 40 && random.nextInt(4) > 0;
      tokens[i] = repeats ? tokens[i - 40] : random.nextInt(Sizes.VOCABULARY);
    }
    return tokens;
  }

  /** Row-major inputs. */
  public static int[] inputs() {
    return Arrays.copyOfRange(stream(), 0, Sizes.TOKENS_PER_STEP);
  }

  /** The token that follows each input. */
  public static int[] targets() {
    return Arrays.copyOfRange(stream(), 1, Sizes.TOKENS_PER_STEP + 1);
  }
}
