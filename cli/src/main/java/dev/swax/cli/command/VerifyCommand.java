package dev.swax.cli.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.cli.run.Device;
import dev.swax.cli.run.MachineOptions;
import dev.swax.cli.verify.Check;
import dev.swax.cli.verify.Verification;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.train.Recipes;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.train.Optimizer;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the program of a model against its meaning. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks the generated program of a model against its meaning.",
      "On a shrunken copy of the model, in less than a minute on the CPU: gradients against finite",
      "differences, chunks against the recurrent form, and equal bits on any number of threads and",
      "after a resume. With `--device tornado` the device's losses and gradients, which takes as",
      "long as the device's compiler does. Ends with 1 if a check fails."
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "which model, if the file has several")
  private @Nullable String model;

  @Option(names = "--seed", paramLabel = "N", description = "seed of the random weights and texts")
  private long seed = 1;

  public VerifyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    machine.check(host);
    long start = System.nanoTime();
    Input input = file.input();
    Analysis analysis = input.analyze(host.console());
    Architecture chosen = Selection.model(analysis, file.name(), model);
    if (machine.device() == Device.TORNADO) {
      Selection.trainableOnDevice(chosen);
    }
    Optimizer optimizer =
        analysis.trains().stream()
            .findFirst()
            .map(TrainPlan::recipe)
            .map(recipe -> recipe.optimizer())
            .orElseGet(Recipes::standardOptimizer);
    Verification verification = Verification.of(input, analysis, chosen, optimizer, seed);
    List<Check> checks =
        switch (machine.device()) {
          case CPU -> verification.run(machine.threads());
          case TORNADO -> verification.runOnDevice(machine.products(), machine.cudaGraphs());
        };
    double seconds = (System.nanoTime() - start) / 1e9;
    if (file.json()) {
      printJson(checks);
    } else {
      print(chosen, verification.model(), checks, seconds);
    }
    return checks.stream().allMatch(Check::passed) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private void print(Architecture chosen, Architecture copy, List<Check> checks, double seconds) {
    PrintStream out = host.console().out();
    out.println(
        "%s at width %d of %d, %d layers of %d, seed %d"
            .formatted(
                chosen.name(),
                copy.width(),
                chosen.width(),
                copy.layers().size(),
                chosen.layers().size(),
                seed));
    int width = checks.stream().mapToInt(check -> check.name().length()).max().orElse(1);
    out.println("      %s     error  tolerance".formatted(pad("check", width)));
    for (Check check : checks) {
      out.println(
          String.format(
                  Locale.ROOT,
                  "%s  %s  %8.1e   %8.1e  %s",
                  check.passed() ? "ok  " : "FAIL",
                  pad(check.name(), width),
                  check.error(),
                  check.tolerance(),
                  check.where() == null ? "" : check.where())
              .stripTrailing());
    }
    long failed = checks.stream().filter(check -> !check.passed()).count();
    out.println(
        String.format(
            Locale.ROOT,
            "%d checks, %s, %.1f s",
            checks.size(),
            failed == 0 ? "all passed" : failed + " failed",
            seconds));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private void printJson(List<Check> checks) {
    ArrayNode array = new JsonMapper().createArrayNode();
    for (Check check : checks) {
      array
          .addObject()
          .put("check", check.name())
          .put("passed", check.passed())
          .put("error", check.error())
          .put("tolerance", check.tolerance())
          .put("where", check.where());
    }
    host.console().out().println(array.toPrettyString());
  }
}
