package dev.swax.grid.slurm;

import dev.swax.grid.launch.CellProcess;
import dev.swax.grid.launch.LastWords;
import dev.swax.grid.store.Job;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A task of a job array. It goes on whatever becomes of the runner. */
final class SlurmTask implements CellProcess {
  private static final int USER_ERROR = 2;
  private static final int AGAIN = 75;
  private static final int LOOKS = 2;

  private final Job job;
  private final int index;
  private final SlurmQueue queue;
  private final Path log;
  private final long before;
  private final Runnable hopeless;
  private boolean left;
  private int unclear;
  private @Nullable String words;

  /**
   * A task that was submitted.
   *
   * @param log what its process prints goes there, behind the first {@code before} bytes
   * @param hopeless ends the whole job, once it is known that no task of it will ever begin
   */
  SlurmTask(Job job, int index, SlurmQueue queue, Path log, long before, Runnable hopeless) {
    this.job = job;
    this.index = index;
    this.queue = queue;
    this.log = log;
    this.before = before;
    this.hopeless = hopeless;
  }

  @Override
  public OptionalInt exitCode() {
    if (left) {
      return OptionalInt.of(AGAIN);
    }
    return switch (Standing.of(job, index, queue)) {
      case Standing.Alive _ -> {
        unclear = 0;
        yield OptionalInt.empty();
      }
      case Standing.Ended(int code) -> OptionalInt.of(code);
      case Standing.Stopped(String text) -> {
        words = text;
        yield OptionalInt.of(USER_ERROR);
      }
      case Standing.Hopeless(String text, String help) -> {
        if (isClear()) {
          hopeless.run();
          throw new UserError(text, help);
        }
        yield OptionalInt.empty();
      }
      case Standing.Unknown _ -> {
        words =
            "Slurm does not know job %s any more, and it has left nothing"
                .formatted(job.task(index));
        yield isClear() ? OptionalInt.of(Standing.KILLED) : OptionalInt.empty();
      }
    };
  }

  /** What nodes write may be seen here later than what Slurm says, so it is looked at twice. */
  private boolean isClear() {
    return ++unclear >= LOOKS;
  }

  @Override
  public void stop() {
    left = true;
  }

  @Override
  public String lastWords() {
    return words == null ? LastWords.of(log, before) : words;
  }
}
