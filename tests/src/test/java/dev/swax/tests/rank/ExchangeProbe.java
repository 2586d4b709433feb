package dev.swax.tests.rank;

import dev.swax.runtime.rank.LossListener;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.mpi.Launch;
import dev.swax.runtime.rank.mpi.Mpi;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that exchanges slices with others, and ends with 1 where one is not what was sent. */
final class ExchangeProbe {
  private ExchangeProbe() {}

  /** With an argument, the last process stops and hangs. */
  public static void main(String[] arguments) throws IOException {
    Launch launch = Launch.find(System.getenv()).orElseThrow();
    try (Ranks ranks = Mpi.join(launch, System.getenv(), new Ending(launch.rank()))) {
      if (arguments.length > 0) {
        hang(ranks);
      }
      boolean right = true;
      for (int round = 0; round < 5; round++) {
        right &= exchange(ranks, round);
      }
      right &= ranks.fromLeader(7 + ranks.rank()) == 7;
      right &= ranks.any(ranks.rank() == ranks.size() - 1) && !ranks.any(false);
      ranks.barrier();
      System.out.println(
          right
              ? "%d processes of %s"
                  .formatted(ranks.size(), ranks.describe().replaceAll(" [0-9].*", ""))
              : "process %d got other bytes than were sent".formatted(ranks.rank()));
    }
  }

  private static void hang(Ranks ranks) throws IOException {
    if (ranks.rank() == ranks.size() - 1) {
      new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid())).start();
    }
    ranks.barrier();
  }

  /** Ends with 3 where a process was lost. */
  private record Ending(int rank) implements LossListener {
    @Override
    public void launcherEnded() {
      Runtime.getRuntime().halt(3);
    }

    @Override
    public void silent(List<Integer> ranks, Duration time) {
      System.out.printf("process %d did not hear of %s for %d s%n", rank, ranks, time.toSeconds());
      Runtime.getRuntime().halt(3);
    }
  }

  /** From i to j go numbers that tell i, j and their place, so many that they tell the round. */
  private static boolean exchange(Ranks ranks, int round) {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> out = new ArrayList<>();
      List<MemorySegment> in = new ArrayList<>();
      for (int i = 0; i < ranks.size(); i++) {
        out.add(numbers(arena, ranks.rank(), i, round));
        in.add(arena.allocate(ValueLayout.JAVA_INT, length(i, ranks.rank(), round)));
      }
      ranks.allToAll(out, in);
      boolean right = true;
      for (int i = 0; i < ranks.size(); i++) {
        right &= in.get(i).mismatch(numbers(arena, i, ranks.rank(), round)) < 0;
      }
      return right;
    }
  }

  private static MemorySegment numbers(Arena arena, int from, int to, int round) {
    MemorySegment numbers = arena.allocate(ValueLayout.JAVA_INT, length(from, to, round));
    for (int i = 0; i < numbers.byteSize() / Integer.BYTES; i++) {
      numbers.setAtIndex(ValueLayout.JAVA_INT, i, 1_000_000 * from + 100_000 * to + i);
    }
    return numbers;
  }

  /** Nothing, few, and more than goes in one packet. */
  private static int length(int from, int to, int round) {
    return (from + to + round) % 3 == 0 ? 0 : 1 << (3 * round + from);
  }
}
