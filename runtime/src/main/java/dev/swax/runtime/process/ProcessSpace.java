package dev.swax.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where numbers of processes mean something: one boot of one machine, and there one namespace of
 * numbers, since each container counts its own. A host's name says neither.
 */
public final class ProcessSpace {
  private static final Path SYSTEM = Path.of("/proc");
  private static final Optional<String> CURRENT = find();

  /** Fields of {@code /proc/PID/stat} behind the name of the program, which may hold blanks. */
  private static final int STATE = 0;

  private static final int START = 19;

  private ProcessSpace() {}

  /** That of this process, as one word; empty where the system does not tell. */
  public static Optional<String> current() {
    return CURRENT;
  }

  private static Optional<String> find() {
    try {
      String boot = Files.readString(SYSTEM.resolve("sys/kernel/random/boot_id")).strip();
      String numbers = Files.readSymbolicLink(SYSTEM.resolve("self/ns/pid")).toString();
      return Optional.of(boot + "/" + numbers.replaceAll("[^0-9]", ""));
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * When a process of this space began, in ticks since the boot: no change of the clock changes
   * that. Empty where there is no such process, or only what is left of one that has ended.
   */
  public static OptionalLong startOf(long pid) {
    try {
      String line = Files.readString(SYSTEM.resolve(Long.toString(pid)).resolve("stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
      boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return ended ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Whether {@link #startOf} sees the processes of every user. Systems may hide those of others.
   */
  public static boolean seesAll() {
    return Files.isReadable(SYSTEM.resolve("1/stat"));
  }
}
