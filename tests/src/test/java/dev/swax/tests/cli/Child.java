package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process whose output goes to files; it does not outlive its {@code try}. */
record Child(Process process, Path out, Path err) implements AutoCloseable {
  private static final long MOST_SECONDS = 120;

  static Child start(ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile("swax-test-", ".out");
    Path err = Files.createTempFile("swax-test-", ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Child(builder.start(), out, err);
  }

  /** Waits for its end. */
  Run await() throws IOException, InterruptedException {
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("it ends within %d s", MOST_SECONDS).isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Waits until a run that it trains has so many steps in metrics.jsonl. */
  void awaitSteps(Path run, long steps) throws IOException, InterruptedException {
    Path metrics = run.resolve("metrics.jsonl");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (steps(metrics) < steps) {
      assertThat(process.isAlive()).as("%s", Files.readString(err)).isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  /** Waits until it has made a file of that name in a folder or below; the file. */
  Path awaitFile(Path folder, String name) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (true) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.find(folder, 5, (file, _) -> file.endsWith(name))) {
          Optional<Path> found = files.findFirst();
          if (found.isPresent()) {
            return found.get();
          }
        } catch (UncheckedIOException e) {
          // what it walks through, the process replaces meanwhile
          assertThat(e.getCause()).isInstanceOf(NoSuchFileException.class);
        }
      }
      assertThat(process.isAlive()).as("%s", Files.readString(err)).isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /** How many steps are in metrics.jsonl. */
  static long steps(Path metrics) throws IOException {
    if (!Files.exists(metrics)) {
      return 0;
    }
    return Files.readString(metrics).lines().filter(line -> line.contains("\"lr\"")).count();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
