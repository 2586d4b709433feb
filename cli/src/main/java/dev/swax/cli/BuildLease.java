package dev.swax.cli;

import dev.swax.runtime.process.Heartbeat;
import dev.swax.runtime.process.ProcessSpace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says that this process has its classes from a build of the launcher, so that the launcher does
 * not delete that when it builds anew: a file {@code leases/BUILD.PID} beside the builds. It holds
 * the {@link ProcessSpace}, and is renewed for those who cannot see the process. Where it cannot be
 * written, nobody builds either.
 */
final class BuildLease implements AutoCloseable {
  private static final String BUILD = "lib.";
  private static final Duration BEAT = Duration.ofMinutes(10);

  private final @Nullable Path file;
  private final @Nullable Heartbeat heartbeat;

  private BuildLease(@Nullable Path file) {
    this.file = file;
    this.heartbeat = file == null ? null : new Heartbeat(file, BEAT, () -> true);
  }

  /** Of the build on a class path; of nothing where there is none. */
  static BuildLease take(String classPath) {
    return new BuildLease(build(classPath).map(BuildLease::write).orElse(null));
  }

  private static Optional<Path> build(String classPath) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(classPath)
        .map(entry -> Path.of(entry).toAbsolutePath().getParent())
        .filter(Objects::nonNull)
        .filter(folder -> String.valueOf(folder.getFileName()).startsWith(BUILD))
        .filter(folder -> Files.isDirectory(folder.resolveSibling("leases")))
        .findFirst();
  }

  private static @Nullable Path write(Path build) {
    Path lease =
        build
            .resolveSibling("leases")
            .resolve(build.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(
          lease); // of an earlier process with this number, perhaps somebody else's
      return Files.writeString(lease, ProcessSpace.current().orElse("") + "\n");
    } catch (IOException e) {
      return null;
    }
  }

  /** Gives it back. A process that is killed does not; the launcher sees that it is gone. */
  @Override
  public void close() {
    if (file != null && heartbeat != null) {
      heartbeat.close();
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // the launcher removes it with the next build
      }
    }
  }
}
