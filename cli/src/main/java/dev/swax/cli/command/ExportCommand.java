package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.ExportModel;
import dev.swax.runtime.checkpoint.NumberFormat;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a model out, to a folder that transformers loads. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Writes a run as a published folder that transformers loads, where one of its classes"
            + " computes the model exactly.")
public final class ExportCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RUN", description = "the run directory")
  private Path run = Path.of("");

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "a new folder")
  private Path out = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "numbers of the weights: fp32, bf16 or fp16 (default: fp32)")
  private NumberFormat format = NumberFormat.F32;

  @Option(
      names = "--as",
      paramLabel = "CLASS",
      description = "only as this class: `llama`; says what stands in the way of it")
  private @Nullable String type;

  public ExportCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    new ExportModel(host, run, out, format, type).write();
    return ExitCode.DONE;
  }
}
