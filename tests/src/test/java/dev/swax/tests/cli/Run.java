package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One command line, run in this process: its exit code and what it printed. */
record Run(int code, String out, String err) {
  static Run swax(String... arguments) {
    return in(Path.of(""), arguments);
  }

  /** The same as if the process had been started in a folder. */
  static Run in(Path folder, String... arguments) {
    return until(() -> false, folder, arguments);
  }

  /** The same, asked to stop when {@code stop} says so. */
  static Run until(BooleanSupplier stop, Path folder, String... arguments) {
    return run(stop, folder, Map.of(), arguments);
  }

  /** The same with these variables, and no others. */
  static Run with(Map<String, String> environment, Path folder, String... arguments) {
    return run(() -> false, folder, environment, arguments);
  }

  private static Run run(
      BooleanSupplier stop, Path folder, Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console = new Console(stream(out), stream(err), false, false, false);
    var host = new Host(console, folder, environment, () -> stop);
    int code = new Swax(host).run(List.of(arguments));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** How many errors it told of. */
  long errors() {
    return err.lines().filter(line -> line.startsWith("error")).count();
  }

  /** Fails unless it ended with one error that says so, and nothing of Java. */
  void isRefused(String... told) {
    assertThat(code).as(err).isEqualTo(2);
    assertThat(errors()).as(err).isOne();
    assertThat(err).contains(told).doesNotContain("\tat ").doesNotContain("Exception");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
