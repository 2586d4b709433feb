package uk.ac.manchester.tornado.api;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one group. One of them runs at a time, from barrier to barrier, in the order of
 * their numbers, so that a run is the same each time.
 *
 * <p>Thread 0 runs first, on the thread that called. If it ends without a barrier, the others run
 * after it in a plain loop; else each of them gets a virtual thread.
 */
final class WorkGroup {
  /** Local memory that every device has. */
  private static final long LOCAL_BYTES = 48 * 1024;

  /** Ends a thread whose group has failed already. */
  private static final class Abandoned extends RuntimeException {
    Abandoned() {
      super("the group has failed", null, false, false);
    }
  }

  private final int threads;
  private final ThreadBody body;
  private final List<Object> arrays = new ArrayList<>();
  private long localBytes;

  /** Whether threads run as virtual threads that wait for each other. */
  private boolean waiting;

  private @Nullable Thread[] runners = {};
  private boolean[] ended = {};
  private int arrived;
  private volatile int turn;
  private volatile boolean finished;
  private volatile @Nullable Throwable failure;

  WorkGroup(int threads, ThreadBody body) {
    this.threads = threads;
    this.body = body;
  }

  /** What each thread does, given its number. */
  interface ThreadBody {
    void run(WorkGroup group, int thread);
  }

  /** Runs every thread to its end, or throws what the first failure was. */
  void run() {
    try {
      body.run(this, 0);
      if (!waiting) {
        runPlainly();
        return;
      }
      leave(0);
    } catch (Abandoned _) {
      rethrow();
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    while (!finished) {
      LockSupport.park(this);
    }
    rethrow();
  }

  /** Thread 0 has met no barrier, so none may. */
  private void runPlainly() {
    turn = -1;
    for (int thread = 1; thread < threads; thread++) {
      body.run(this, thread);
    }
  }

  /** Called by a thread at a barrier: lets the others come as far. */
  void await(int thread) {
    if (turn == -1) {
      throw diverged(thread, 0);
    }
    if (!waiting) {
      start();
    }
    arrived++;
    pass(thread);
    while (turn != thread && failure == null) {
      LockSupport.park(this);
    }
    if (failure != null) {
      throw new Abandoned();
    }
  }

  private void start() {
    waiting = true;
    ended = new boolean[threads];
    runners = new @Nullable Thread[threads];
    runners[0] = Thread.currentThread();
  }

  private void leave(int thread) {
    ended[thread] = true;
    pass(thread);
  }

  /** Hands on to the next thread; after the last one all must have ended, or none. */
  private void pass(int thread) {
    int next = thread + 1;
    if (next == threads) {
      if (arrived == 0) {
        finish();
        return;
      }
      if (arrived < threads) {
        fail(diverged(firstEnded(false), firstEnded(true)));
        return;
      }
      arrived = 0;
      next = 0;
    }
    turn = next;
    wake(next);
  }

  private void wake(int thread) {
    Thread runner = runners[thread];
    if (runner == null) {
      runner = Thread.ofVirtual().unstarted(() -> runWaiting(thread));
      runners[thread] = runner;
      runner.start();
    } else {
      LockSupport.unpark(runner);
    }
  }

  private void runWaiting(int thread) {
    try {
      body.run(this, thread);
      leave(thread);
    } catch (Abandoned _) {
      // The failure is known, and reported by the thread that runs the group.
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private int firstEnded(boolean state) {
    int thread = 0;
    while (ended[thread] != state) {
      thread++;
    }
    return thread;
  }

  private static IllegalStateException diverged(int waits, int ended) {
    return new IllegalStateException(
        "thread %d waits at a barrier, and thread %d has ended".formatted(waits, ended));
  }

  private void finish() {
    finished = true;
    wake(0);
  }

  private void fail(Throwable cause) {
    failure = cause;
    finished = true;
    for (Thread runner : runners) {
      LockSupport.unpark(runner);
    }
  }

  private void rethrow() {
    Throwable cause = failure;
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** The n-th local array of the group: made by the first thread that asks. */
  <T> T local(int number, Class<T> type, int size, int bytes, Supplier<T> maker) {
    if (number == arrays.size()) {
      localBytes += (long) size * bytes;
      if (localBytes > LOCAL_BYTES) {
        throw new IllegalStateException("a group has no more than 48 KiB of local memory");
      }
      arrays.add(maker.get());
    }
    T array = type.cast(arrays.get(number));
    if (Array.getLength(array) != size) {
      throw new IllegalStateException("threads differ on the size of local array " + number);
    }
    return array;
  }
}
