package dev.swax.runtime.evaluate;

import dev.swax.runtime.rank.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Work in blocks that processes divide: block n is computed by process n modulo their number, and
 * every process gets the results of all blocks, in their order.
 */
final class Divided {
  private final Ranks ranks;

  Divided(Ranks ranks) {
    this.ranks = ranks;
  }

  /**
   * The results of all blocks; nothing where {@code work} gave none of a block in any process.
   *
   * @param work the results of a block, each some numbers; nothing where it was stopped
   */
  Optional<List<long[]>> compute(long blocks, LongFunction<Optional<List<long[]>>> work) {
    List<List<long[]>> own = new ArrayList<>();
    boolean whole = true;
    for (long block = ranks.rank(); block < blocks && whole; block += ranks.size()) {
      Optional<List<long[]>> results = work.apply(block);
      whole = results.isPresent();
      results.ifPresent(own::add);
    }
    if (ranks.any(!whole)) {
      return Optional.empty();
    }
    List<long[]> packed = ranks.allGather(packed(own));
    int[] at = new int[ranks.size()];
    List<long[]> all = new ArrayList<>();
    for (long block = 0; block < blocks; block++) {
      int rank = (int) (block % ranks.size());
      at[rank] = unpack(packed.get(rank), at[rank], all);
    }
    return Optional.of(all);
  }

  /** Of each block, how many results there are, and of each, how many numbers it has. */
  private static long[] packed(List<List<long[]>> blocks) {
    List<Long> numbers = new ArrayList<>();
    for (List<long[]> results : blocks) {
      numbers.add((long) results.size());
      for (long[] result : results) {
        numbers.add((long) result.length);
        for (long number : result) {
          numbers.add(number);
        }
      }
    }
    return numbers.stream().mapToLong(number -> number).toArray();
  }

  /** Adds the results of the block that begins there; returns where the next one does. */
  private static int unpack(long[] packed, int from, List<long[]> results) {
    int at = from;
    for (long left = packed[at++]; left > 0; left--) {
      int length = (int) packed[at++];
      long[] result = new long[length];
      System.arraycopy(packed, at, result, 0, length);
      results.add(result);
      at += length;
    }
    return at;
  }
}
