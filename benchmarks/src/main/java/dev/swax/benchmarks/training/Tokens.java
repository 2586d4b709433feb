package dev.swax.benchmarks.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The batch that both sides train on: seeded, with enough structure that the loss falls. */
public final class Tokens {
  private static final long SEED = 20250;

  private Tokens() {}

  /** One more token than a step has; inputs are all but the last, targets all but the first. */
  public static int[] stream(Sizes sizes) {
    var random = new SplittableRandom(SEED);
    int[] tokens = new int[sizes.tokens() + 1];
    for (int i = 0; i < tokens.length; i++) {
      boolean repeats = i >= 40 && random.nextInt(4) > 0;
      tokens[i] = repeats ? tokens[i - 40] : random.nextInt(sizes.vocabulary());
    }
    return tokens;
  }

  /** Row-major inputs. */
  public static int[] inputs(Sizes sizes) {
    return Arrays.copyOfRange(stream(sizes), 0, sizes.tokens());
  }

  /** The token that follows each input. */
  public static int[] targets(Sizes sizes) {
    return Arrays.copyOfRange(stream(sizes), 1, sizes.tokens() + 1);
  }

  /** Writes all of {@link #stream} as 32-bit integers, little-endian. */
  static void write(Sizes sizes, Path file) throws IOException {
    int[] tokens = stream(sizes);
    ByteBuffer bytes = ByteBuffer.allocate(4 * tokens.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(tokens);
    Files.write(file, bytes.array());
  }
}
