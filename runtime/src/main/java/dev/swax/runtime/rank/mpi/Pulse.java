package dev.swax.runtime.rank.mpi;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Signs of life that processes give each other, beside all that they exchange. A process that was
 * stopped, or that no link leads to any more, ends nothing: without them the others would wait for
 * it. Time is measured in each process alone, so clocks need not agree.
 */
final class Pulse implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);

  /** How soon those are looked for that leave. */
  private static final Duration LEAVING_PACE = Duration.ofMillis(5);

  /** A process that was itself not there for so long cannot tell whether others were. */
  private static final Duration OWN_ABSENCE = Duration.ofSeconds(5);

  private final Arena arena = Arena.ofShared();
  private final Duration patience;
  private final Consumer<List<Integer>> lost;
  private final List<Peer> peers;
  private final Thread thread;
  private volatile boolean leaving;

  /**
   * Begins. The library's calls may come from several threads in turn.
   *
   * @param patience how long a process may be silent
   * @param lost is told once which were silent for longer, from this thread
   */
  Pulse(MpiLibrary library, int rank, int size, Duration patience, Consumer<List<Integer>> lost) {
    this.patience = patience;
    this.lost = lost;
    long now = System.nanoTime();
    this.peers =
        IntStream.range(0, size)
            .filter(other -> other != rank)
            .mapToObj(other -> new Peer(library, other, arena, now))
            .toList();
    this.thread = Thread.ofPlatform().daemon().name("pulse").start(this::run);
  }

  private void run() {
    long last = System.nanoTime();
    while (!leaving) {
      LockSupport.parkNanos(this, PACE.toNanos());
      long now = System.nanoTime();
      boolean absent = now - last > OWN_ABSENCE.toNanos();
      last = now;
      for (Peer peer : peers) {
        peer.listen(now);
        peer.say(false);
        if (absent) {
          peer.forgive(now);
        }
      }
      requireNoSilence(now);
    }
    leave();
  }

  /** The last word to each, and that of each: after it nothing comes that nobody waits for. */
  private void leave() {
    List<Peer> left = new ArrayList<>(peers);
    left.removeIf(peer -> peer.say(true));
    while (!left.isEmpty()) {
      pause();
      left.removeIf(peer -> peer.say(true));
    }
    while (!peers.stream().allMatch(peer -> peer.hasLeft() && peer.isSaid())) {
      pause();
    }
  }

  private void pause() {
    LockSupport.parkNanos(this, LEAVING_PACE.toNanos());
    long now = System.nanoTime();
    peers.forEach(peer -> peer.listen(now));
    requireNoSilence(now);
  }

  private void requireNoSilence(long now) {
    if (silent(now).isEmpty()) {
      return;
    }
    // Others that were lost at the same moment are noticed a moment later.
    LockSupport.parkNanos(this, 2 * PACE.toNanos());
    long then = System.nanoTime();
    peers.forEach(peer -> peer.listen(then));
    List<Integer> silent = silent(then);
    if (!silent.isEmpty()) {
      lost.accept(silent);
    }
  }

  private List<Integer> silent(long now) {
    return peers.stream()
        .filter(peer -> peer.isSilent(now, patience.toNanos()))
        .map(Peer::rank)
        .toList();
  }

  /** Ends when each process has said that it leaves. */
  @Override
  public void close() {
    leaving = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // memory of messages that are under way cannot be given back
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    arena.close();
  }
}
