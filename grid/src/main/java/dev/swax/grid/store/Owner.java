package dev.swax.grid.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that works on a cell. A number alone is not enough to know it by: systems use them
 * again, so its start counts too.
 *
 * @param host name of its machine
 * @param started milliseconds since 1970, or -1 where the system does not tell
 */
public record Owner(String host, long pid, long started) {
  private static final String THIS_HOST = hostName();

  /** This process. */
  public static Owner current() {
    return of(ProcessHandle.current());
  }

  static Owner of(ProcessHandle process) {
    return new Owner(THIS_HOST, process.pid(), startOf(process));
  }

  /** Whether it is a process of this machine. */
  boolean isHere() {
    return host.equals(THIS_HOST);
  }

  /** Whether a process of this machine still runs. */
  boolean isAlive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isPresent() && startOf(process.get()) == started;
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  String line() {
    return host + " " + pid + " " + started;
  }

  /** Empty where the text names no process: it was not written to its end. */
  static Optional<Owner> parse(String line) {
    String[] parts = line.strip().split(" ", -1);
    try {
      return parts.length == 3
          ? Optional.of(new Owner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As messages name it. */
  public String describe() {
    return isHere() ? "process " + pid : "process %d of %s".formatted(pid, host);
  }
}
