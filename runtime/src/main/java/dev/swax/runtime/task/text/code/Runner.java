package dev.swax.runtime.task.text.code;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.text.record.JsonLine;
import dev.swax.runtime.task.text.record.JsonLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user that says which programs pass. It is started with two more arguments: a
 * JSONL file with {@code {"id": "0", "program": "..."}} on each line, and the file that it must
 * write, with {@code {"id": "0", "passed": true}} for each program, in any order.
 *
 * @param command the command and its arguments
 * @param seconds after which it is ended
 */
public record Runner(List<String> command, int seconds) {
  public Runner {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new UserError("`runner` is empty", "`runner: [\"python3\", \"run_programs.py\"]`");
    }
  }

  /** Which of the programs pass. */
  public List<Boolean> run(List<String> programs) {
    try {
      Path folder = Files.createTempDirectory("swax-programs");
      Path input = folder.resolve("programs.jsonl");
      Path output = folder.resolve("passed.jsonl");
      try {
        Files.writeString(input, lines(programs));
        start(input, output, folder.resolve("log.txt"));
        return read(output, programs.size());
      } finally {
        for (Path file : List.of(input, output, folder.resolve("log.txt"), folder)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be started or its files not be written: %s".formatted(name(), Reasons.of(e)),
          null);
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
    line.addAll(List.of(input.toString(), output.toString()));
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new UserError(
            "%s did not end within %,d seconds".formatted(name(), seconds),
            "let it end programs that run too long by itself, or give it more time: `seconds`");
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
            "id", "is %d, but each of 0 to %d is wanted once".formatted(id, count - 1), null);
      }
      passed[id] = line.truth("passed");
    }
    for (int i = 0; i < count; i++) {
      if (passed[i] == null) {
        throw new UserError("%s says nothing of program %d".formatted(name(), i), null);
      }
    }
    return List.of(passed);
  }

  private static String last(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "it printed nothing" : text.substring(Math.max(0, text.length() - 300));
  }

  private String name() {
    return "the runner `%s`".formatted(String.join(" ", command));
  }
}
