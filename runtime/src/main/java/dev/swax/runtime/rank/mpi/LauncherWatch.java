package dev.swax.runtime.rank.mpi;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when what started this process has ended without ending it: processes that wait for each
 * other would never do so themselves.
 */
final class LauncherWatch implements Runnable {
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final Optional<Long> launcher = parent();
  private final Runnable ended;

  private LauncherWatch(Runnable ended) {
    this.ended = ended;
  }

  /** Watches from now on; {@code ended} is run once, in another thread. */
  static void start(Runnable ended) {
    Thread.ofPlatform().daemon().name("launcher-watch").start(new LauncherWatch(ended));
  }

  private static Optional<Long> parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid);
  }

  @Override
  public void run() {
    while (parent().equals(launcher)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    ended.run();
  }
}
