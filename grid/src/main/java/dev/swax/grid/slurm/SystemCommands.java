package dev.swax.grid.slurm;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The programs on the PATH.
 *
 * @param environment variables that they get beside those of this process
 */
public record SystemCommands(Map<String, String> environment) implements Commands {
  /** Longer than Slurm's own programs wait for their controller. */
  private static final int MOST_SECONDS = 150;

  public SystemCommands {
    environment = Map.copyOf(environment);
  }

  @Override
  public Answer run(List<String> words) {
    try {
      Path out = Files.createTempFile("swax-", ".out");
      Path err = Files.createTempFile("swax-", ".err");
      try {
        var builder = new ProcessBuilder(words);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C"); // messages are read
        return answer(start(builder, words.getFirst()), out, err);
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot read what `%s` prints: %s".formatted(words.getFirst(), Reasons.of(e)), null);
    }
  }

  private static Process start(ProcessBuilder builder, String program) throws IOException {
    try {
      Process process = builder.start();
      process.getOutputStream().close(); // it reads nothing
      return process;
    } catch (IOException e) {
      throw new UserError(
          "this machine has no Slurm: there is no program `%s` on the PATH".formatted(program),
          "start it on a login node of the cluster, or leave `--on slurm` out");
    }
  }

  private static Answer answer(Process process, Path out, Path err) throws IOException {
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Answer(1, "", "it did not answer within %d s".formatted(MOST_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a runner", e);
    }
    return new Answer(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
