package dev.swax.runtime.kernel.team;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads that share numbered parts of one job at a time; the caller is one of them.
 * Running a job allocates nothing. One thread at a time may call {@link #run}; a call from inside a
 * part runs its parts in place.
 */
public final class Team implements AutoCloseable {
  private static final int SPINS = 4_000;
  private static final long REMAINING_MASK = 0xffff_ffffL;

  private final Worker[] workers;
  private final int spins;

  /** Generation of the job in the high half, parts that nobody has claimed in the low half. */
  private final AtomicLong claims = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;
  private volatile @Nullable Thread caller;
  private volatile boolean callerParked;

  /** Written before {@link #claims}, read after it: a successful claim has read its own job. */
  private Task task = _ -> {};

  private int parts;

  /** A team of {@code threads}, the caller included. */
  public Team(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a team needs at least one thread, not " + threads);
    }
    spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  /** A team with a thread for each processor. */
  public Team() {
    this(Runtime.getRuntime().availableProcessors());
  }

  public int threads() {
    return workers.length + 1;
  }

  /**
   * The number, below {@link #threads}, of the thread that asks: 0 for the caller of {@link #run}.
   * For choosing a thread's own workspace.
   */
  public int worker() {
    return Thread.currentThread() instanceof Worker worker && worker.team() == this
        ? worker.number
        : 0;
  }

  /**
   * Runs parts {@code 0 .. parts} and returns when all are done. After a part has thrown, the
   * others may be skipped, and the first exception is thrown here.
   */
  public void run(Task job, int jobParts) {
    if (jobParts <= 1 || workers.length == 0 || inside()) {
      for (int part = 0; part < jobParts; part++) {
        job.run(part);
      }
      return;
    }
    if (closed) {
      throw new IllegalStateException("the team is closed");
    }
    publish(job, jobParts);
    work();
    awaitOthers();
    caller = null;
    task = _ -> {};
    rethrow();
  }

  /** Whether the asking thread is at work on a part of this team already. */
  private boolean inside() {
    Thread current = Thread.currentThread();
    return current.equals(caller) || (current instanceof Worker worker && worker.team() == this);
  }

  private void publish(Task job, int jobParts) {
    caller = Thread.currentThread();
    task = job;
    parts = jobParts;
    unfinished.set(jobParts);
    long generation = (claims.get() >>> 32) + 1;
    claims.set(generation << 32 | jobParts);
    for (Worker worker : workers) {
      if (worker.parked) {
        LockSupport.unpark(worker);
      }
    }
  }

  /** Claims and runs parts until none is left. */
  private void work() {
    while (true) {
      long claim = claims.get();
      int remaining = (int) (claim & REMAINING_MASK);
      if (remaining == 0) {
        return;
      }
      Task job = task;
      int part = parts - remaining;
      if (claims.compareAndSet(claim, claim - 1)) {
        runPart(job, part);
      }
    }
  }

  private void runPart(Task job, int part) {
    try {
      if (failure.get() == null) {
        job.run(part);
      }
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    } finally {
      if (unfinished.decrementAndGet() == 0 && callerParked) {
        LockSupport.unpark(caller);
      }
    }
  }

  private void awaitOthers() {
    for (int i = 0; i < spins; i++) {
      if (unfinished.get() == 0) {
        return;
      }
      Thread.onSpinWait();
    }
    callerParked = true;
    while (unfinished.get() != 0) {
      LockSupport.park(this);
    }
    callerParked = false;
  }

  private void rethrow() {
    Throwable thrown = failure.getAndSet(null);
    switch (thrown) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /** Lets the workers end. */
  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  private final class Worker extends Thread {
    private final int number;
    private volatile boolean parked;

    Worker(int number) {
      super("swax-worker-" + number);
      this.number = number;
      setDaemon(true);
    }

    Team team() {
      return Team.this;
    }

    @Override
    public void run() {
      while (!closed) {
        work();
        awaitJob();
      }
    }

    private void awaitJob() {
      for (int i = 0; i < spins; i++) {
        if (jobWaits()) {
          return;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (!closed && !jobWaits()) {
        LockSupport.park(Team.this);
      }
      parked = false;
    }

    private boolean jobWaits() {
      return (claims.get() & REMAINING_MASK) != 0;
    }
  }
}
