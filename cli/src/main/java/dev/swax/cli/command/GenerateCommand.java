package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.GenerateRun;
import dev.swax.cli.run.MachineOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a trained model write. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Continues a prompt with a trained model, token by token.")
public final class GenerateCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RUN", description = "the run directory")
  private Path run = Path.of("");

  @Mixin private final MachineOptions machine = new MachineOptions();

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "text to continue; `-` reads standard input (default: the run's sample)")
  private @Nullable String prompt;

  @Option(names = "--length", paramLabel = "N", description = "tokens to generate")
  private @Nullable Integer length;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "divides the logits; 0: always the likeliest token")
  private @Nullable Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "draw only from the K likeliest tokens; 0: from all")
  private @Nullable Integer topK;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the draws (default: the run's)")
  private @Nullable Long seed;

  public GenerateCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    machine.checkProcessor(host);
    new GenerateRun(host, run, prompt, length, temperature, topK, seed).run(machine);
    return ExitCode.DONE;
  }
}
