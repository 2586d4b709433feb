package dev.swax.cli.run;

import dev.swax.runtime.rank.Ranks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How fast processes exchange bytes, measured: what {@code swax info} needs to say how many pay.
 *
 * @param latency seconds of an exchange of a byte with each
 * @param bandwidth bytes a second that a process sends while it gets as many
 */
public record ExchangeSpeed(double latency, double bandwidth) {
  private static final int ROUNDS = 15;
  private static final int SHORT_EXCHANGES = 100;

  /** Bytes to each other process. */
  private static final long LONG_MESSAGE = 4 << 20;

  /** Of all processes together, which call this at the same time. */
  public static ExchangeSpeed measure(Ranks ranks) {
    double shortest = median(ranks, 1, SHORT_EXCHANGES);
    double longest = median(ranks, LONG_MESSAGE, 1);
    return new ExchangeSpeed(shortest, (ranks.size() - 1) * LONG_MESSAGE / longest);
  }

  /** Seconds of an exchange. */
  private static double median(Ranks ranks, long bytes, int exchanges) {
    try (Arena arena = Arena.ofShared()) {
      List<MemorySegment> out = new ArrayList<>();
      List<MemorySegment> in = new ArrayList<>();
      for (int i = 0; i < ranks.size(); i++) {
        out.add(arena.allocate(bytes));
        in.add(arena.allocate(bytes));
      }
      double[] seconds = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ranks.barrier();
        long start = System.nanoTime();
        for (int i = 0; i < exchanges; i++) {
          ranks.allToAll(out, in);
        }
        seconds[round] = (System.nanoTime() - start) / 1e9 / exchanges;
      }
      Arrays.sort(seconds);
      return seconds[ROUNDS / 2];
    }
  }
}
