package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.facts.FactSheet;
import dev.swax.compiler.facts.InfoJson;
import dev.swax.compiler.facts.InfoText;
import dev.swax.compiler.facts.StepTime;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what models cost. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints layers, parameters, FLOPs, state, reach and memory of each model.")
public final class InfoCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();

  @Option(names = "--model", paramLabel = "NAME", description = "only this model")
  private @Nullable String model;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "memory of each of so many processes that share a training")
  private int processes = 1;

  @Option(
      names = "--flops",
      paramLabel = "RATE",
      description = "FLOP/s of one process, for how long a step takes and how many processes pay")
  private @Nullable Double flops;

  @Option(
      names = "--bandwidth",
      paramLabel = "RATE",
      description =
          "bytes/s between processes, as `mpirun -n 2 swax doctor` measures them: ${DEFAULT-VALUE}")
  private double bandwidth = 1e9;

  @Option(
      names = "--latency",
      paramLabel = "SECONDS",
      description = "of an exchange between processes, as measured likewise: ${DEFAULT-VALUE}")
  private double latency = 50e-6;

  public InfoCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Input input = file.input();
    Analysis analysis = input.analyze(host.console());
    List<FactSheet> sheets = sheets(analysis);
    host.console().out().print(file.json() ? InfoJson.render(sheets) : InfoText.render(sheets));
    return ExitCode.DONE;
  }

  /** Of the models of the file, then of imported ones that a train block names. */
  private List<FactSheet> sheets(Analysis analysis) {
    return models(analysis).stream()
        .map(each ->
            timed(
                FactSheet.of(
                    each,
                    shared(analysis.usage(each)),
                    Lowering::trainingBytes,
                    analysis.findOptimizer(each)),
                analysis))
        .toList();
  }

  private FactSheet timed(FactSheet sheet, Analysis analysis) {
    if (flops == null) {
      return sheet;
    }
    var machine =
        new StepTime.Machine(
            positive("--flops", flops),
            positive("--bandwidth", bandwidth),
            positive("--latency", latency));
    return analysis
        .findTraining(sheet.architecture())
        .map(train -> sheet.withTime(StepTime.of(sheet.architecture(), train, machine)))
        .orElseThrow(() ->
            new UserError(
                "`--flops` says how long a step takes, but %s has no train block"
                    .formatted(file.name()),
                "leave it out, or add a train block"));
  }

  private static double positive(String option, double number) {
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new UserError(
          "`%s` is %s, but a number above 0 is expected".formatted(option, number), null);
    }
    return number;
  }

  private Usage shared(Usage usage) {
    Usage shared = processes < 1 ? usage : usage.withProcesses(processes);
    if (processes < 1 || shared.lanes() % processes != 0) {
      throw new UserError(
          "`--processes` is %d, but processes are a number that divides the lanes, which are %d"
              .formatted(processes, usage.lanes()),
          "`--processes %d`".formatted(usage.lanes()));
    }
    return shared;
  }

  private List<Architecture> models(Analysis analysis) {
    if (model != null) {
      return List.of(Selection.model(analysis, file.name(), model));
    }
    SequencedMap<String, Architecture> models = new LinkedHashMap<>();
    analysis.models().forEach(each -> models.put(each.name(), each));
    for (TrainPlan train : analysis.trains()) {
      Architecture trained = train.architecture();
      if (trained != null) {
        models.putIfAbsent(trained.name(), trained);
      }
    }
    if (models.isEmpty()) {
      throw new UserError(file.name() + " has no model", null);
    }
    return List.copyOf(models.values());
  }
}
