package dev.swax.runtime.train;

import dev.swax.runtime.data.PackedBlock;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Task;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Which examples of a task each training sequence holds. Sequence n follows from n: of a task that
 * makes its examples it is the n-th group of as many as always fit; a set that is used again is
 * packed once, and each epoch takes its groups in another order.
 */
sealed interface ExampleGroups {
  /** The indices of the examples of sequence {@code number}, in the order in which they stand. */
  long[] at(long number);

  /** How well sequences are filled, for people. */
  String describe();

  /** Those of a task's training part, in sequences of {@code time} tokens. */
  static ExampleGroups of(
      Task training, int different, Packing packing, int time, long seed, RandomStream orders) {
    boolean whole = packing == Packing.WHOLE;
    if (different == 0) {
      return new Endless(whole ? Math.max(1, time / training.length()) : 1, training.length());
    }
    int[] lengths = new int[different];
    Arrays.setAll(lengths, i -> whole ? training.example(seed, i).tokens().length : time);
    return new Finite(new PackedBlock(lengths, time), orders);
  }

  /** Always new ones, {@code each} in a sequence, of at most {@code length} tokens. */
  record Endless(int each, int length) implements ExampleGroups {
    @Override
    public long[] at(long number) {
      return LongStream.range(number * each, (number + 1) * each).toArray();
    }

    @Override
    public String describe() {
      return String.format(Locale.ROOT, "%,d of up to %,d tokens in each sequence", each, length);
    }
  }

  /** A set that is used again and again. */
  final class Finite implements ExampleGroups {
    private final PackedBlock groups;
    private final RandomStream orders;
    private long epoch = -1;
    private int[] order = {};

    Finite(PackedBlock groups, RandomStream orders) {
      this.groups = groups;
      this.orders = orders;
    }

    @Override
    public long[] at(long number) {
      long wanted = number / groups.size();
      if (wanted != epoch) {
        epoch = wanted;
        order = orders.child("examples/" + epoch).permutation(groups.size());
      }
      int[] members = groups.documents(order[(int) (number % groups.size())]);
      return Arrays.stream(members).asLongStream().toArray();
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT,
          "%,d sequences an epoch, %.1f %% of their places are empty (with one example each, %.1f"
              + " %%)",
          groups.size(),
          groups.empty(),
          groups.emptyAlone());
    }
  }
}
