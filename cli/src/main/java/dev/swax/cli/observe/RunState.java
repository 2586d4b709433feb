package dev.swax.cli.observe;

import dev.swax.runtime.train.Metrics;
import dev.swax.runtime.train.RunHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Where a run stands, as far as one can know from its folder. */
public enum RunState {
  /** Its process works, or its files change. */
  RUNNING,
  /** It has all its steps. */
  DONE,
  /** It has fewer, and no process works on it. */
  STOPPED,
  /** Its weights came from elsewhere. */
  IMPORTED;

  /** After how long without a step a process that cannot be seen from here counts as ended. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /**
   * That of a run now.
   *
   * @param step the last that it has told of
   * @param steps that it is to have
   */
  public static RunState of(Path run, long step, long steps) throws IOException {
    if (steps > 0 && step >= steps) {
      return DONE;
    }
    return switch (RunHolder.find(run).map(RunHolder::life).orElse(RunHolder.Life.ENDED)) {
      case RUNNING -> RUNNING;
      case ENDED -> STOPPED;
      case UNKNOWN -> hasSpoken(run) ? RUNNING : STOPPED;
    };
  }

  private static boolean hasSpoken(Path run) throws IOException {
    try {
      Instant last = Files.getLastModifiedTime(run.resolve(Metrics.FILE)).toInstant();
      return last.isAfter(Instant.now().minus(SILENCE));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** In lower case, as pages name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
