package dev.swax.tests;

import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Mutated files through parsing, checking, formatting and the facts: none is thrown at, none hangs,
 * none changes its meaning. {@code -Dswax.fuzz=200000} takes so many files, {@code
 * -Dswax.fuzz.seed} the one that a failure names.
 */
class FrontEndFuzzTest {
  private static final int FILES = Integer.getInteger("swax.fuzz", 5_000);

  /** Far beyond what any file takes, on the slowest machine. */
  private static final Duration HANGING = Duration.ofSeconds(60);

  private final Mutations mutations = new Mutations();
  private final long seed = Long.getLong("swax.fuzz.seed", System.nanoTime());
  private volatile int at;
  private volatile @Nullable Throwable escaped;
  private int parsed;
  private long worst;
  private long worstSeed;

  @Test
  void mutatedFilesAreReadCheckedAndFormatted() throws InterruptedException {
    var worker = new Thread(this::checkAll, "fuzz");
    worker.setDaemon(true);
    long start = System.nanoTime();
    worker.start();
    while (worker.isAlive()) {
      int before = at;
      worker.join(HANGING);
      if (worker.isAlive() && at == before) {
        fail("seed %d does not end:%n%s".formatted(seed + before, text(before)));
      }
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "fuzz: %,d files from seed %d, %,d of them without a fault of syntax, in %.1f minutes;"
                + " the slowest, seed %d, took %d ms",
            at,
            seed,
            parsed,
            (System.nanoTime() - start) / 60e9,
            worstSeed,
            worst / 1_000_000));
    if (escaped != null) {
      throw new AssertionError("seed " + (seed + at), escaped);
    }
  }

  private void checkAll() {
    var clock = ManagementFactory.getThreadMXBean();
    try {
      for (int file = 0; file < FILES; file++) {
        at = file;
        String text = text(file);
        long before = clock.getCurrentThreadCpuTime();
        parsed += FuzzedFile.check("seed " + (seed + file), text) ? 1 : 0;
        long took = clock.getCurrentThreadCpuTime() - before;
        if (took > worst) {
          worst = took;
          worstSeed = seed + file;
        }
      }
      at = FILES;
    } catch (Throwable thrown) {
      escaped = thrown;
    }
  }

  private String text(int file) {
    return mutations.draw(new SplittableRandom(seed + file));
  }
}
