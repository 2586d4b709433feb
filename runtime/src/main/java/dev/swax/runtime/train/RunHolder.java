package dev.swax.runtime.train;

import dev.swax.runtime.RegularFile;
import dev.swax.runtime.process.ProcessSpace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The process that trains a run, or trained it last: what stands in its file {@code run.lock}.
 *
 * @param pid its number
 * @param started in ticks since the boot; -1 where that is not known
 * @param space of its number; {@value #NOWHERE} where that is not known
 */
public record RunHolder(long pid, long started, String space) {
  private static final String NOWHERE = "-";

  /** What is known of it from here. */
  public enum Life {
    RUNNING,
    ENDED,
    /** It is of another machine or container, or of an older swax. */
    UNKNOWN
  }

  /** This process. */
  static RunHolder current() {
    long pid = ProcessHandle.current().pid();
    return new RunHolder(
        pid, ProcessSpace.startOf(pid).orElse(-1), ProcessSpace.current().orElse(NOWHERE));
  }

  /** That of the run in a folder; nothing where it has none, or another form. */
  public static Optional<RunHolder> find(Path run) throws IOException {
    try {
      return parse(RegularFile.text(run.resolve(RunLock.FILE), RegularFile.SMALL));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static Optional<RunHolder> parse(String text) {
    String[] parts = text.strip().split(" ", -1);
    try {
      long pid = Long.parseLong(parts[0]);
      return Optional.of(
          parts.length == 3
              ? new RunHolder(pid, Long.parseLong(parts[1]), parts[2])
              : new RunHolder(pid, -1, NOWHERE));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it runs. */
  public Life life() {
    boolean known = started >= 0 && ProcessSpace.current().filter(space::equals).isPresent();
    if (!known) {
      return Life.UNKNOWN;
    }
    OptionalLong start = ProcessSpace.startOf(pid);
    if (start.isPresent()) {
      return start.getAsLong() == started ? Life.RUNNING : Life.ENDED;
    }
    return ProcessSpace.seesAll() ? Life.ENDED : Life.UNKNOWN;
  }

  String line() {
    return "%d %d %s".formatted(pid, started, space);
  }
}
