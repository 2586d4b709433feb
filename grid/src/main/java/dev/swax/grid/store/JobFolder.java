package dev.swax.grid.store;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** The jobs of a grid: {@code jobs/NAME/}. A name ends with the number of the job. */
public record JobFolder(Path path) {

  /** All of them, the oldest first. */
  public List<Job> all() {
    List<Job> jobs = new ArrayList<>();
    try {
      for (Path entry : Disk.entries(path)) {
        if (Disk.isFolder(entry)) {
          Job.read(entry).ifPresent(jobs::add);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(path, Reasons.of(e)), null);
    }
    jobs.sort(Comparator.comparingInt(JobFolder::number));
    return List.copyOf(jobs);
  }

  private static int number(Job job) {
    String digits = job.name().substring(job.name().lastIndexOf('-') + 1);
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
  }

  /** A new one, which is written before the engine is asked, so that it is never lost. */
  public Job create(String prefix, List<String> models) {
    List<Job> before = all();
    int number = before.isEmpty() ? 1 : number(before.getLast()) + 1;
    String name =
        "%s-%06x-%d".formatted(prefix, ThreadLocalRandom.current().nextInt(1 << 24), number);
    var job = new Job(path.resolve(name), name, null, models);
    job.write();
    return job;
  }

  /** Forgets one that the engine never had. */
  public void forget(Job job) {
    try {
      Disk.deleteTree(job.folder());
    } catch (IOException e) {
      throw new UserError("cannot delete %s: %s".formatted(job.folder(), Reasons.of(e)), null);
    }
  }

  /** Does something while nobody else does, on any machine: no two runners submit the same. */
  public <T> T alone(Supplier<T> work) {
    try {
      Files.createDirectories(path);
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return work.get();
      }
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }
}
