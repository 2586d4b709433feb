package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.EvaluateRun;
import dev.swax.cli.run.EvaluateTask;
import dev.swax.cli.run.MachineOptions;
import dev.swax.cli.run.RunnerOption;
import dev.swax.compiler.model.Cut;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a trained model. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Scores a trained model on text of any length, or on a task.",
      "A long text is read in segments, so memory does not grow with its length."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RUN", description = "the run directory")
  private Path run = Path.of("");

  @Mixin private final MachineOptions machine = new MachineOptions();
  @Mixin private final RunnerOption runners = new RunnerOption();

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "PATTERN",
      description =
          "text to score: files, globs or `a.jar!**`, from the current folder (default: the run's validation text)")
  private List<String> data = List.of();

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "window to test with: keys that a token sees, itself included (default: as trained)")
  private @Nullable Integer window;

  @Option(
      names = "--cut",
      paramLabel = "PART",
      parameterConsumer = CutOption.class,
      description =
          "take out `memory`, `window` or `attention` (that without a window), or `layers 0,2`: their output is 0, of `memory=mean` its mean")
  private Cut cut = Cut.NONE;

  @Option(names = "--segment", paramLabel = "N", description = "tokens of one segment")
  private @Nullable Integer segment;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "score this task instead of text: `mqar(length: 256, pairs: 16, vocab: 512)`")
  private @Nullable String task;

  @Option(
      names = "--lengths",
      split = ",",
      paramLabel = "N",
      description = "lengths at which the task is asked, in tokens")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--examples",
      paramLabel = "N",
      description =
          "number of examples at each length (default: about 500, or all records of a file)")
  private @Nullable Integer examples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the task's examples (default: 1)")
  private @Nullable Long seed;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  public EvaluateCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    host.processes().join();
    machine.checkProcessor(host);
    if (task != null) {
      refuse("--data", !data.isEmpty());
      refuse("--segment", segment != null);
      new EvaluateTask(
              host, run, task, lengths, examples, seed == null ? 1 : seed, window, cut, json)
          .run(machine, runners);
    } else {
      needsTask("--lengths", !lengths.isEmpty());
      needsTask("--examples", examples != null);
      needsTask("--seed", seed != null);
      new EvaluateRun(host, run, data, window, segment, cut, json).run(machine);
    }
    return ExitCode.DONE;
  }

  private static void needsTask(String option, boolean given) {
    if (given) {
      throw new UserError("`%s` belongs to `--task`, which is not given".formatted(option), null);
    }
  }

  private static void refuse(String option, boolean given) {
    if (given) {
      throw new UserError("`%s` has no meaning beside `--task`".formatted(option), null);
    }
  }
}
