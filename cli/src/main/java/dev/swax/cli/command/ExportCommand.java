package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.ExportModel;
import dev.swax.hub.exchange.Exporter;
import dev.swax.runtime.UserError;
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
      names = "--shard-size",
      paramLabel = "BYTES",
      description =
          "the largest file of weights, such as 500M, unless one tensor has more (default: 5B,"
              + " which is 5 GB)")
  private long shard = Exporter.SHARD;

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
    if (shard < 1) {
      throw new UserError(
          "`--shard-size` is %d bytes, but a file has at least 1".formatted(shard),
          "`--shard-size 500M`");
    }
    new ExportModel(host, run, out, format, shard, type).write();
    return ExitCode.DONE;
  }
}
