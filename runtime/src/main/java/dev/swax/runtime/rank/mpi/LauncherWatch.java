package dev.swax.runtime.rank.mpi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Notices when what started this process has ended without ending it: processes that wait for each
 * other would never do so themselves.
 */
final class LauncherWatch implements Runnable {
  /** The number of the script between the launcher and this process, where there is one. */
  private static final String SCRIPT = "SWAX_SCRIPT_PID";

  private static final long PAUSE_NANOS = 1_000_000_000;

  private final int generations;
  private final List<Long> launchers;
  private final Runnable ended;

  private LauncherWatch(int generations, Runnable ended) {
    this.generations = generations;
    this.launchers = ancestors(generations);
    this.ended = ended;
  }

  /** Watches from now on; {@code ended} is run once, in another thread. */
  static void start(Map<String, String> environment, Runnable ended) {
    String script = environment.getOrDefault(SCRIPT, "");
    boolean ofScript = ancestors(1).stream().map(String::valueOf).anyMatch(script::equals);
    var watch = new LauncherWatch(ofScript ? 2 : 1, ended);
    Thread.ofPlatform().daemon().name("launcher-watch").start(watch);
  }

  /** The parent, its parent and so on, at most so many. */
  private static List<Long> ancestors(int generations) {
    return Stream.iterate(
            ProcessHandle.current().parent(),
            Optional::isPresent,
            one -> one.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .limit(generations)
        .map(ProcessHandle::pid)
        .toList();
  }

  @Override
  public void run() {
    while (ancestors(generations).equals(launchers)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    ended.run();
  }
}
