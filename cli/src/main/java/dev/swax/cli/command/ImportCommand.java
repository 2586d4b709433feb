package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.ImportModel;
import dev.swax.hub.folder.TextLength;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a published model in. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Reads a published folder (config.json, safetensors, tokenizer.json) into a swax file and a"
            + " run with its weights.")
public final class ImportCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "DIR", description = "the published folder")
  private Path folder = Path.of("");

  @Option(
      names = {"-o", "--to"},
      required = true,
      paramLabel = "DIR",
      description = "a new folder for the swax file and the run")
  private Path out = Path.of("");

  @Option(
      names = "--positions",
      paramLabel = "LENGTH",
      description =
          "short or long: for which texts, where a published model has positions for both")
  private @Nullable TextLength length;

  public ImportCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    new ImportModel(host, folder, out, length).write();
    return ExitCode.DONE;
  }
}
