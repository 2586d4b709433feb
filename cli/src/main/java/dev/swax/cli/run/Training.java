package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.ParameterLayout;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.train.Outcome;
import dev.swax.runtime.train.Probe;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.Session;
import dev.swax.runtime.train.Together;
import dev.swax.runtime.train.Trainer;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingExamples;
import dev.swax.runtime.train.TrainingJob;
import dev.swax.runtime.train.TrainingMixture;
import dev.swax.runtime.train.TrainingText;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trains a run from where it stands to its end, and reports. */
final class Training {
  private final Host host;
  private final TrainPlan plan;
  private final Architecture model;
  private final CompiledModel code;
  private final TrainingData data;
  private final TrainingProgram program;
  private final Session session;

  Training(
      Host host,
      TrainPlan plan,
      CompiledModel code,
      TrainingData data,
      TrainingProgram program,
      Session session) {
    this.session = session;
    this.host = host;
    this.plan = plan;
    this.model = Plans.architecture(plan);
    this.code = code;
    this.data = data;
    this.program = program;
  }

  /**
   * Trains; returns how it ended.
   *
   * @param directory begins or continues the run once all is ready, which takes minutes on some
   *     devices and may fail; what it returns is closed in the end
   */
  Outcome run(Supplier<RunDirectory> directory, Kernels kernels, BooleanSupplier stop) {
    Recipe recipe = plan.recipe();
    int[] windows = Plans.windows(model, recipe.testWindows());
    int context = Plans.context(model, windows, longestText());
    List<ParameterSpec> specs = code.parameterSpecs();
    List<UpdateRule> rules = recipe.optimizer().rules(specs);
    Ranks ranks = host.processes().ranks();
    Optional<PathwayProbe> probe = PathwayProbe.of(plan, data);
    var shares = new Shares(new ParameterLayout(specs), rules, ranks.size());
    try (Parameters parameters = Parameters.allocate(shares, rules, ranks.rank());
        Program training = program.create(code, kernels, parameters);
        Program evaluation = code.create(kernels, parameters, 1, segment(), context, false);
        RunDirectory run = directory.get()) {
      Together together =
          training instanceof DeviceProgram
              ? null
              : new Together(ranks, shares, kernels, parameters);
      Probe measuring = probe.map(found -> found.on(parameters)).orElse(null);
      Outcome outcome =
          new Trainer(job(run, training, evaluation, stop, measuring, together)).run();
      if (!outcome.stopped() && ranks.leads()) {
        new Report(host.console(), recipe).print(outcome, data, evaluation, windows, run);
      }
      return outcome;
    }
  }

  private TrainingJob job(
      RunDirectory run,
      Program training,
      Program evaluation,
      BooleanSupplier stop,
      @Nullable Probe probe,
      @Nullable Together together) {
    Console console = host.console();
    return new TrainingJob(
        plan.recipe(),
        training,
        evaluation,
        data,
        run,
        stop,
        console.err(),
        console.errTerminal(),
        new FlopCount(model).perTrainedToken(Usage.of(plan)),
        session,
        probe,
        together);
  }

  private int segment() {
    return segment(data, plan.recipe().sequence());
  }

  private int segment(TrainingData data, int sequence) {
    return switch (data) {
      case TrainingText _ -> Plans.segment(model, sequence);
      case TrainingExamples _ -> Plans.exampleSegment(model, sequence);
      case TrainingMixture(var parts) ->
          parts.stream().mapToInt(part -> segment(part.data(), sequence)).max().orElseThrow();
    };
  }

  /** Of what is evaluated: validation, or the sample with its prompt. */
  private long longestText() {
    Recipe.Sample sample = plan.recipe().sample();
    return Math.max(data.longest(), sample.prompt().length() * 4L + sample.length());
  }
}
