package dev.swax.dist;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The verbs and options of swax, as the command itself reads them. */
final class Description {
  private Description() {}

  static CommandLine commandLine() {
    var console = new Console(System.out, System.err, false, false, false);
    return new Swax(new Host(console, Path.of(""), Map.of(), () -> () -> false))
        .commandLine(List.of());
  }
}
