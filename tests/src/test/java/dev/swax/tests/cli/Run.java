package dev.swax.tests.cli;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One command line, run in this process: its exit code and what it printed. */
record Run(int code, String out, String err) {
  static Run swax(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console = new Console(stream(out), stream(err), false, false, false);
    var host = new Host(console, Path.of(""), Map.of(), () -> () -> false);
    int code = new Swax(host).run(List.of(arguments));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** How many errors it told of. */
  long errors() {
    return err.lines().filter(line -> line.startsWith("error")).count();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
