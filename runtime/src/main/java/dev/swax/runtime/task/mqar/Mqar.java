package dev.swax.runtime.task.mqar;

import dev.swax.runtime.UserError;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.PredictionTask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Multi-query associative recall (Arora et al., 2023, "Zoology"). A sequence begins with pairs of a
 * key and a value, {@code k1 v1 k2 v2 ...}; later each key comes once more, and there its value is
 * to be predicted. The value does not follow: nothing in the sequence gives the answer away.
 *
 * <p>Keys are distinct tokens of {@code 1 .. V/2 - 1}, values of {@code V/2 .. V - 1}; 0 fills.
 * With C tokens of pairs, the key of pair i comes again at {@code C + 2 x_i}, the slots x drawn
 * without replacement with {@code p(x) ~ (x - s + 1)^(power - 1)} for {@code s <= x < (T - C) / 2}:
 * with a small power most of them stand soon after the pairs, with power 1 they are spread evenly.
 * {@code s} is 0, or as large as {@code nearest} asks.
 *
 * @param length T, even
 * @param pairs n; {@code 2 n (passes + 1) <= T}
 * @param vocabulary V
 * @param power of the slots' distribution
 * @param noise whether fillers are replaced by random tokens of the whole vocabulary
 * @param passes how often the block of pairs is repeated
 * @param nearest the least distance from a query back to its key (to its last pass): lets queries
 *     stand beyond every window
 */
public record Mqar(
    int length, int pairs, int vocabulary, double power, boolean noise, int passes, int nearest)
    implements PredictionTask {

  public Mqar {
    if (length < 4 || length % 2 != 0) {
      throw new UserError("`length` must be even and at least 4, but this is " + length, null);
    }
    if (pairs < 1 || passes < 1 || nearest < 0 || !(power > 0)) {
      throw new UserError(
          "%d pairs, %d passes, nearest %d and power %s are too small"
              .formatted(pairs, passes, nearest, power),
          "`pairs: 1`, `passes: 1`, `nearest: 0` and `power: 0.01` are the least");
    }
    long needed = 2L * pairs * (passes + 1L);
    if (needed > length) {
      throw new UserError(
          "%d pairs in %s and %d queries need %d tokens, but `length` is %d"
              .formatted(pairs, passes == 1 ? "1 pass" : passes + " passes", pairs, needed, length),
          "`pairs: %d`".formatted(Math.max(1, length / (2 * (passes + 1L)))));
    }
    if (pairs > vocabulary / 2 - 1) {
      throw new UserError(
          "%d pairs need %d different keys, but a vocabulary of %d has %d"
              .formatted(pairs, pairs, vocabulary, Math.max(0, vocabulary / 2 - 1)),
          "`vocab: %d`".formatted(2 * pairs + 2));
    }
    int free = slots(length, pairs, passes) - firstSlot(nearest);
    if (free < pairs) {
      throw new UserError(
          "%d queries at a distance of %d or more do not fit: `length` %d leaves room for %d"
              .formatted(pairs, nearest, length, Math.max(0, free)),
          "`length: %d`".formatted(length + 2 * (pairs - free)));
    }
  }

  /** The task as it was published, which is what holds where the rest is not given. */
  public static Mqar standard(int length, int pairs, int vocabulary) {
    return new Mqar(
        length,
        pairs,
        vocabulary,
        MqarDeclaration.POWER.absent(),
        MqarDeclaration.NOISE.absent(),
        MqarDeclaration.PASSES.absent(),
        MqarDeclaration.NEAREST.absent());
  }

  private static int slots(int length, int pairs, int passes) {
    return (length - 2 * pairs * passes) / 2;
  }

  /** Of all keys, the last pair's is the nearest to the slots. */
  private static int firstSlot(int nearest) {
    return Math.max(0, nearest - 1) / 2; // slot x is 2 x + 2 behind the last key
  }

  @Override
  public String describe() {
    return "mqar(length: %s, pairs: %s, vocab: %s, power: %s, noise: %s, passes: %s, nearest: %s)"
        .formatted(length, pairs, vocabulary, power, noise, passes, nearest);
  }

  @Override
  public Mqar atLength(int other) {
    return new Mqar(other, pairs, vocabulary, power, noise, passes, nearest);
  }

  @Override
  public long size() {
    return ENDLESS;
  }

  @Override
  public Example example(long seed, long index) {
    var random = new RandomStream(seed, "mqar/" + index);
    int[] keys = distinct(1, vocabulary / 2 - 1, random);
    int[] values = distinct(vocabulary / 2, vocabulary - vocabulary / 2, random);
    int[] tokens = new int[length];
    for (int i = 0; i < pairs * passes; i++) {
      tokens[2 * i] = keys[i % pairs];
      tokens[2 * i + 1] = values[i % pairs];
    }
    int[] targets = new int[length];
    Arrays.fill(targets, -1);
    int[] distances = new int[length];
    int context = 2 * pairs * passes;
    int[] slots = slots(random);
    for (int i = 0; i < pairs; i++) {
      int position = context + 2 * slots[i];
      tokens[position] = keys[i];
      targets[position] = values[i];
      distances[position] = position - (context - 2 * pairs + 2 * i);
    }
    fill(tokens, random);
    return new Example(tokens, targets, distances);
  }

  /** {@code pairs} different tokens of {@code first .. first + count}, in random order. */
  private int[] distinct(int first, int count, RandomStream random) {
    int[] pool = new int[count];
    Arrays.setAll(pool, i -> first + i);
    for (int i = 0; i < pairs; i++) {
      int j = i + random.nextInt(count - i);
      int token = pool[j];
      pool[j] = pool[i];
      pool[i] = token;
    }
    return Arrays.copyOf(pool, pairs);
  }

  /**
   * Slots in the order of their draws. Drawing without replacement by weights w is taking the
   * smallest of {@code E / w}, E exponential (Efraimidis and Spirakis, 2006); here by logarithms.
   */
  private int[] slots(RandomStream random) {
    int first = firstSlot(nearest);
    int count = slots(length, pairs, passes) - first;
    double[] times = new double[count];
    for (int x = 0; x < count; x++) {
      double exponential = -StrictMath.log(1 - random.nextDouble());
      times[x] = StrictMath.log(exponential) - (power - 1) * StrictMath.log(x + 1);
    }
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(x -> times[x]))
        .limit(pairs)
        .mapToInt(x -> first + x)
        .toArray();
  }

  private void fill(int[] tokens, RandomStream random) {
    for (int t = 0; noise && t < tokens.length; t++) {
      tokens[t] = tokens[t] == 0 ? random.nextInt(vocabulary) : tokens[t];
    }
  }
}
