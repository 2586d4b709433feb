package dev.swax.grid.store;

import dev.swax.runtime.process.ProcessSpace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process that works on a cell. A number alone is not enough to know it by: every machine and
 * every container has its own, and systems use them again. So it is known by its {@link
 * ProcessSpace} and its start too, and its host is only a name to show.
 *
 * @param host name of its machine, which others may have too
 * @param started in ticks since the boot; milliseconds since 1970 where the system tells no space,
 *     or -1 where it tells nothing
 * @param space of its number; {@link #UNKNOWN} where the system does not tell
 */
public record Owner(String host, long pid, long started, String space) {
  static final String UNKNOWN = "-";

  private static final String THIS_HOST = hostName();
  private static final String THIS_SPACE = ProcessSpace.current().orElse(UNKNOWN);

  /** What is known of a process. */
  enum Life {
    RUNNING,
    ENDED,
    /** It is not of this space, or its space is not known: only its claim can tell. */
    UNKNOWN
  }

  /** This process. */
  public static Owner current() {
    return of(ProcessHandle.current());
  }

  static Owner of(ProcessHandle process) {
    return new Owner(THIS_HOST, process.pid(), startOf(process), THIS_SPACE);
  }

  /** Whether it runs, as far as this process can know. */
  Life life() {
    if (!space.equals(THIS_SPACE)) {
      return Life.UNKNOWN;
    }
    if (space.equals(UNKNOWN)) {
      boolean found = host.equals(THIS_HOST) && started >= 0 && isSame(ProcessHandle.of(pid));
      return found ? Life.RUNNING : Life.UNKNOWN;
    }
    OptionalLong start = ProcessSpace.startOf(pid);
    if (start.isPresent()) {
      return start.getAsLong() == started ? Life.RUNNING : Life.ENDED;
    }
    return ProcessSpace.seesAll() ? Life.ENDED : Life.UNKNOWN;
  }

  /** The process itself, where it runs and this one may see it. */
  public Optional<ProcessHandle> process() {
    return life() == Life.RUNNING ? ProcessHandle.of(pid) : Optional.empty();
  }

  private boolean isSame(Optional<ProcessHandle> process) {
    return process.filter(ProcessHandle::isAlive).filter(p -> startOf(p) == started).isPresent();
  }

  private static long startOf(ProcessHandle process) {
    return THIS_SPACE.equals(UNKNOWN)
        ? process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L)
        : ProcessSpace.startOf(process.pid()).orElse(-1L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  String line() {
    return "%s %s %s %s".formatted(host, pid, started, space);
  }

  /**
   * Empty where the text names no process: it was not written to its end. Claims of swax 0.1 name
   * no space.
   */
  static Optional<Owner> parse(String line) {
    String[] parts = line.strip().split(" ", -1);
    try {
      return parts.length == 3 || parts.length == 4
          ? Optional.of(
              new Owner(
                  parts[0],
                  Long.parseLong(parts[1]),
                  Long.parseLong(parts[2]),
                  parts.length == 4 ? parts[3] : UNKNOWN))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As messages name it. */
  public String describe() {
    return space.equals(THIS_SPACE) ? "process " + pid : "process %d of %s".formatted(pid, host);
  }
}
