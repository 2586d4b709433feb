package dev.swax.runtime.task.text.code;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.task.text.Once;
import dev.swax.runtime.task.text.record.JsonLine;
import dev.swax.runtime.task.text.record.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user that says which programs pass. It is started in a folder, with two more
 * arguments: a JSONL file with {@code {"id": "0", "program": "..."}} on each line, and the file
 * that it must write, with {@code {"id": "0", "passed": true}} for each program, in any order.
 *
 * <p>A command comes from a file that somebody else may have written, so it is only started once
 * the user has allowed it, and only as it was then.
 */
public final class Runner {
  private final List<String> command;
  private final int seconds;
  private final Path folder;
  private final Once<CommandFiles> files;
  private final boolean allowed;

  /**
   * @param command the command and its arguments
   * @param seconds after which it is ended
   * @param folder where it starts, and where the paths that it names do
   */
  public Runner(List<String> command, int seconds, Path folder) {
    this(command, seconds, folder, new Once<>(() -> CommandFiles.of(command, folder)), false);
  }

  private Runner(
      List<String> command, int seconds, Path folder, Once<CommandFiles> files, boolean allowed) {
    if (command.isEmpty()) {
      throw new UserError("`runner` is empty", "`runner: [\"python3\", \"run_programs.py\"]`");
    }
    this.command = List.copyOf(command);
    this.seconds = seconds;
    this.folder = folder.toAbsolutePath().normalize();
    this.files = files;
    this.allowed = allowed;
  }

  /** The same, which may be started. */
  Runner allow() {
    return new Runner(command, seconds, folder, files, true);
  }

  /**
   * The command, what the files that it names hold, and its time: what decides which programs pass.
   */
  String describe() {
    return "%s%s, seconds: %s".formatted(command, named(), seconds);
  }

  /** The command as one types it, and the files that it names. */
  String title() {
    return "`%s`%s".formatted(String.join(" ", command), named());
  }

  private String named() {
    if (files.obstacle().isPresent()) {
      return " (its files cannot be read)";
    }
    String named = files.value().describe();
    return named.isEmpty() ? "" : " (%s)".formatted(named);
  }

  /** Which of the programs pass. */
  public List<Boolean> run(List<String> programs) {
    if (!allowed) {
      throw new UserError("%s may not be started".formatted(name()), "`--allow-runner` allows it");
    }
    requireUnchanged();
    try {
      Path exchange = Files.createTempDirectory("swax-programs");
      Path input = exchange.resolve("programs.jsonl");
      Path output = exchange.resolve("passed.jsonl");
      try {
        Files.writeString(input, lines(programs));
        start(input, output, exchange.resolve("log.txt"));
        return read(output, programs.size());
      } finally {
        forget(exchange);
      }
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be started, or its files cannot be written: %s"
              .formatted(name(), Reasons.of(e)),
          null);
    }
  }

  private void requireUnchanged() {
    CommandFiles now = CommandFiles.of(command, folder);
    if (!now.equals(files.value())) {
      throw new UserError(
          "the files of %s have changed since this began: they were %s, and are %s"
              .formatted(name(), files.value().describe(), now.describe()),
          "begin again");
    }
  }

  /**
   * Whatever the command left there. What cannot be deleted stays: it is no reason to lose the
   * answer.
   */
  private static void forget(Path exchange) {
    try {
      Disk.deleteTree(exchange);
    } catch (IOException | UncheckedIOException e) {
      // a folder of temporary files, which the system clears
    }
  }

  private static String lines(List<String> programs) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < programs.size(); i++) {
      var object = new JsonMapper().createObjectNode();
      object.put("id", Integer.toString(i)).put("program", programs.get(i));
      lines.append(object).append('\n');
    }
    return lines.toString();
  }

  private void start(Path input, Path output, Path log) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.set(0, program());
    line.addAll(List.of(input.toString(), output.toString()));
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new UserError(
            String.format(Locale.ROOT, "%s did not end within %,d seconds", name(), seconds),
            "let the command end programs that run too long, or give it more time: `seconds`");
      }
      if (process.exitValue() != 0) {
        throw new UserError(
            "%s ended with exit code %d: %s".formatted(name(), process.exitValue(), last(log)),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("%s was interrupted".formatted(name()), null);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A path starts at the folder; a word alone is looked for where the system looks. */
  private String program() {
    String first = command.getFirst();
    return first.contains("/") ? folder.resolve(first).toString() : first;
  }

  private List<Boolean> read(Path output, int count) {
    if (!Files.exists(output)) {
      throw new UserError(
          "%s ended without writing its answer".formatted(name()),
          "its last argument is the file to write, with {\"id\": \"0\", \"passed\": true} lines");
    }
    Boolean[] passed = new Boolean[count];
    for (JsonLine line : JsonLines.read(output, output.toString()).lines()) {
      int id = line.integer("id");
      if (id < 0 || id >= count || passed[id] != null) {
        throw line.wrong(
            "id", "is %d, but each of 0 to %d is expected once".formatted(id, count - 1), null);
      }
      passed[id] = line.truth("passed");
    }
    for (int i = 0; i < count; i++) {
      if (passed[i] == null) {
        throw new UserError("%s has no answer for program %d".formatted(name(), i), null);
      }
    }
    return List.of(passed);
  }

  private static String last(Path log) throws IOException {
    String text = RegularFile.end(log, 0, 4096).strip();
    return text.isEmpty() ? "it printed nothing" : text.substring(Math.max(0, text.length() - 300));
  }

  private String name() {
    return "the runner `%s`".formatted(String.join(" ", command));
  }
}
