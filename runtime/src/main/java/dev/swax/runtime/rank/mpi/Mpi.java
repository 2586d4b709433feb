package dev.swax.runtime.rank.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.swax.runtime.UserError;
import dev.swax.runtime.rank.LossListener;
import dev.swax.runtime.rank.LostRanksException;
import dev.swax.runtime.rank.Ranks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Ranks that a launcher of MPI has started. */
public final class Mpi implements Ranks {
  /** Bytes of a message, at most: MPI counts with 31 bits. */
  private static final long MOST_BYTES = 1 << 30;

  /** How long a process that waits looks again and again before it lets others have the core. */
  private static final long EAGER_NANOS = 200_000;

  private static final long PAUSE_NANOS = 50_000;

  /** Seconds that a process may be silent before the others give it up. */
  private static final String PATIENCE = "SWAX_MPI_PATIENCE";

  private static final int USUAL_SECONDS = 20;

  private final MpiLibrary library;
  private final int rank;
  private final int size;
  private final String version;
  private final Pulse pulse;
  private Arena arena = Arena.ofShared();
  private MemorySegment requests = MemorySegment.NULL;
  private MemorySegment flag = MemorySegment.NULL;
  private int count;

  private Mpi(MpiLibrary library, Duration patience, LossListener listener) {
    this.library = library;
    this.rank = library.rank();
    this.size = library.size();
    this.version = library.version();
    this.pulse =
        new Pulse(library, rank, size, patience, ranks -> listener.silent(ranks, patience));
  }

  /**
   * Joins the processes that were started together.
   *
   * @param listener is told when the launcher or other processes are lost
   * @throws UserError where the library is not there, is of another kind, or finds another number
   *     of processes than the launcher started
   */
  public static Mpi join(Launch launch, Map<String, String> environment, LossListener listener) {
    Launch.requireOneKind(environment);
    launch.requireInterface(environment);
    if (!environment.containsKey("UCX_ERROR_SIGNALS")) {
      throw new UserError(
          "MPI's UCX would take the signal SIGSEGV, which Java needs for itself",
          "start with the script `swax`, or `export UCX_ERROR_SIGNALS=` (empty)");
    }
    Duration patience = patience(environment);
    LauncherWatch.start(environment, listener::launcherEnded);
    MpiLibrary library = new MpiLibraries(environment).of(launch);
    library.initialize();
    var mpi = new Mpi(library, patience, listener);
    if (mpi.size != launch.size()) {
      mpi.close();
      throw new UserError(
          "%s started %d processes (%s), but %s sees %d"
              .formatted(
                  launch.starter().text(),
                  launch.size(),
                  launch.starter().variable(),
                  mpi.version,
                  mpi.size),
          launch.starter() == Launch.Starter.SLURM
              ? "`srun --mpi=pmix` (or pmi2): `srun --mpi=list` says what there is; or SWAX_MPI names another library"
              : "start it with the mpirun that belongs to that library");
    }
    return mpi;
  }

  private static Duration patience(Map<String, String> environment) {
    String text = environment.getOrDefault(PATIENCE, "");
    if (!text.isEmpty() && !text.matches("[1-9][0-9]{0,5}")) {
      throw new UserError(
          "%s is `%s`, but it is a number of seconds".formatted(PATIENCE, text),
          "`export %s=%d`".formatted(PATIENCE, USUAL_SECONDS));
    }
    return Duration.ofSeconds(text.isEmpty() ? USUAL_SECONDS : Integer.parseInt(text));
  }

  /** The libraries that are installed here, for people. */
  public static List<String> installed(Map<String, String> environment) {
    return new MpiLibraries(environment).all().stream().map(MpiLibrary::version).toList();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String describe() {
    return version;
  }

  @Override
  public void allToAll(List<MemorySegment> out, List<MemorySegment> in) {
    try {
      exchange(out, in);
    } catch (MpiException e) {
      throw new LostRanksException(
          "process %d of %d cannot reach the others: %s".formatted(rank, size, e.getMessage()), e);
    }
  }

  private void exchange(List<MemorySegment> out, List<MemorySegment> in) {
    in.get(rank).copyFrom(out.get(rank));
    int most = 0;
    for (int i = 0; i < size; i++) {
      most += messages(out.get(i)) + messages(in.get(i));
    }
    reserve(most);
    count = 0;
    for (int distance = 1; distance < size; distance++) {
      receive(in.get((rank + size - distance) % size), (rank + size - distance) % size);
    }
    for (int distance = 1; distance < size; distance++) {
      send(out.get((rank + distance) % size), (rank + distance) % size);
    }
    await();
  }

  private static int messages(MemorySegment segment) {
    return Math.toIntExact((segment.byteSize() + MOST_BYTES - 1) / MOST_BYTES);
  }

  private void reserve(int most) {
    long bytes = Math.max(1, most) * library.requestBytes();
    if (requests.byteSize() < bytes) {
      arena.close();
      arena = Arena.ofShared();
      requests = arena.allocate(bytes, Long.BYTES);
      flag = arena.allocate(JAVA_INT);
    }
  }

  private MemorySegment nextRequest() {
    return requests.asSlice(count++ * library.requestBytes(), library.requestBytes());
  }

  private void receive(MemorySegment in, int from) {
    for (long at = 0; at < in.byteSize(); at += MOST_BYTES) {
      int length = (int) Math.min(MOST_BYTES, in.byteSize() - at);
      library.receive(in.asSlice(at, length), length, from, 0, nextRequest());
    }
  }

  private void send(MemorySegment out, int to) {
    for (long at = 0; at < out.byteSize(); at += MOST_BYTES) {
      int length = (int) Math.min(MOST_BYTES, out.byteSize() - at);
      library.send(out.asSlice(at, length), length, to, 0, nextRequest());
    }
  }

  /** Until all messages have been passed. MPI goes on only while it is asked. */
  private void await() {
    long start = System.nanoTime();
    while (!library.areDone(count, requests, flag)) {
      if (System.nanoTime() - start > EAGER_NANOS) {
        LockSupport.parkNanos(PAUSE_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void abort(int code) {
    library.abort(code);
  }

  @Override
  public void close() {
    pulse.close();
    library.leave();
    arena.close();
  }
}
