package dev.swax.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Two ways to do the same work, timed by turns in short windows, so that what else the machine does
 * falls on both alike. What one thread does is timed by the processor time that it gets. Rates are
 * work a nanosecond.
 */
final class Pair {
  private static final double WINDOW_NANOSECONDS = 2e6;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final double[] ours;
  private final double[] theirs;

  private Pair(double[] ours, double[] theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /**
   * Warms up, then times both for about that many seconds together.
   *
   * @param alone whether both do all their work on this thread
   */
  static Pair measure(double work, Runnable ours, Runnable theirs, double seconds, boolean alone) {
    int calls = 1;
    for (double spent = 0; spent < seconds * 1e9 / 3; ) {
      double once = time(ours, calls, alone);
      spent += once + time(theirs, calls, alone);
      calls = (int) Math.clamp(calls * WINDOW_NANOSECONDS / once, 1, 100_000);
    }
    double[][] rates = new double[2][10_000];
    int count = 0;
    for (double spent = 0; spent < seconds * 1e9 && count < rates[0].length; count++) {
      double first = time(ours, calls, alone);
      double second = time(theirs, calls, alone);
      spent += first + second;
      rates[0][count] = work * calls / first;
      rates[1][count] = work * calls / second;
    }
    return new Pair(sorted(rates[0], count), sorted(rates[1], count));
  }

  /**
   * Best and median rate of one way alone. With several threads the sides need processes of their
   * own: a library's workers go on spinning between calls, on cores that the other side counts on.
   */
  static double[] alone(double work, Runnable task, double seconds) {
    int calls = 1;
    for (double spent = 0; spent < seconds * 1e9 / 3; ) {
      double once = time(task, calls, false);
      spent += once;
      calls = (int) Math.clamp(calls * WINDOW_NANOSECONDS / once, 1, 100_000);
    }
    double[] rates = new double[10_000];
    int count = 0;
    for (double spent = 0; spent < seconds * 1e9 && count < rates.length; count++) {
      double taken = time(task, calls, false);
      spent += taken;
      rates[count] = work * calls / taken;
    }
    double[] sorted = sorted(rates, count);
    return new double[] {sorted[count - 1], sorted[count / 2]};
  }

  private static double time(Runnable work, int calls, boolean alone) {
    long start = now(alone);
    for (int i = 0; i < calls; i++) {
      work.run();
    }
    return Math.max(1, now(alone) - start);
  }

  private static long now(boolean alone) {
    return alone ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }

  private static double[] sorted(double[] rates, int count) {
    double[] sorted = Arrays.copyOf(rates, count);
    Arrays.sort(sorted);
    return sorted;
  }

  double ourBest() {
    return ours[ours.length - 1];
  }

  double theirBest() {
    return theirs[theirs.length - 1];
  }

  double ourMedian() {
    return ours[ours.length / 2];
  }

  double theirMedian() {
    return theirs[theirs.length / 2];
  }
}
