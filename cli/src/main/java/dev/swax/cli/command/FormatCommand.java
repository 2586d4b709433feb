package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.Input;
import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives files the one shape. */
@Command(
    name = "fmt",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Formats files in place; prints the names of the files that it changed.")
public final class FormatCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "swax files")
  private List<Path> paths = List.of();

  @Option(
      names = "--check",
      description =
          "change nothing; print the files that would change, and exit with 1 if there are any")
  private boolean check;

  public FormatCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    boolean changed = false;
    for (Path path : paths) {
      SourceFile file = Input.read(path, false);
      String formatted = Formatter.format(new Input(file, null, List.of(), false).parse());
      if (!formatted.equals(file.text())) {
        changed = true;
        if (!check) {
          replace(path, formatted);
        }
        host.console().out().println(file.name());
      }
    }
    return changed && check ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private static void replace(Path path, String text) {
    try {
      NewFile.write(path, text);
    } catch (IOException e) {
      throw new UserError("cannot write `%s`: %s".formatted(path, Reasons.of(e)), null);
    }
  }
}
