package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.TerminalWidth;
import dev.swax.cli.Version;
import dev.swax.cli.compare.CompareHtml;
import dev.swax.cli.compare.CompareJson;
import dev.swax.cli.compare.CompareText;
import dev.swax.cli.compare.Comparison;
import dev.swax.cli.compare.StepTable;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what differs between runs. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says what differs between runs: their settings, their results, and on a page their curves.",
      "Runs may go on meanwhile. Nothing is written to them."
    })
public final class CompareCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "run directories")
  private List<Path> runs = List.of();

  @Option(names = "--all", description = "show also the settings that are the same")
  private boolean all;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write a page with tables and curves that needs nothing outside itself")
  private @Nullable Path html;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "write every step of every run: a line a step")
  private @Nullable Path csv;

  @Option(names = "--json", description = "print errors, and results if there are any, as JSON")
  private boolean json;

  public CompareCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Comparison comparison = Comparison.of(runs);
    if (html != null) {
      write(html, CompareHtml.of(comparison));
    }
    if (csv != null) {
      write(csv, StepTable.of(comparison));
    }
    host.console()
        .out()
        .print(
            json
                ? CompareJson.of(comparison)
                : CompareText.of(comparison, all, TerminalWidth.of(host)));
    return ExitCode.DONE;
  }

  private static void write(Path file, String text) {
    try {
      NewFile.write(file, text);
    } catch (IOException e) {
      throw new UserError("cannot write %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
