package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.Outcome;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.evaluate.Evaluator;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.evaluate.TaskEvaluator;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.task.TaskScore;
import dev.swax.runtime.train.EarlyEnd;
import dev.swax.runtime.train.RunFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The trained model of some cells, read and compiled when it is first measured. */
final class CellModel implements AutoCloseable {
  /** Every model of every grid is asked the same examples. */
  private static final long TEST_SEED = 1;

  private final Host host;
  private final MachineOptions machine;
  private final RunnerOption runners;
  private @Nullable Opened opened;

  /**
   * A model that is measured.
   *
   * @param filled the weights with what stands in place of a part, by cut and windows
   */
  private record Opened(
      Path run,
      SavedRun saved,
      Kernels kernels,
      SavedWeights weights,
      Map<Filled, Parameters> filled)
      implements AutoCloseable {

    /** Its weights, with what stands in place of the parts that are taken out. */
    Parameters parameters(Cut cut, int[] windows, Host host) {
      Parameters whole = weights.parameters();
      return cut.filling() == Cut.Filling.MEAN
          ? filled.computeIfAbsent(
              new Filled(cut, Arrays.stream(windows).boxed().toList()),
              _ -> MeanWeights.of(saved, whole, cut, windows, host))
          : whole;
    }

    @Override
    public void close() {
      filled.values().forEach(Parameters::close);
      weights.close();
      kernels.close();
    }
  }

  private record Filled(Cut cut, List<Integer> windows) {}

  CellModel(Host host, MachineOptions machine, RunnerOption runners) {
    this.host = host;
    this.machine = machine;
    this.runners = runners;
  }

  /** What the run reaches, or nothing where it was stopped. The first metric is the primary one. */
  Optional<SequencedMap<String, Outcome.Metric>> measure(
      Cell.Evaluation cell, Path run, BooleanSupplier stop) {
    Opened model = open(run);
    int[] windows = Plans.windows(model.saved().model(), cell.windows());
    return switch (cell.measure()) {
      case GridMeasure.Perplexity perplexity ->
          perplexity(model, perplexity, cell.cut(), windows, stop);
      case GridMeasure.Score(Task task, long examples, var _) ->
          score(model, runners.permit(task), examples, cell.cut(), windows, stop);
    };
  }

  private Opened open(Path run) {
    Opened known = opened;
    if (known != null && known.run().equals(run)) {
      return known;
    }
    close();
    SavedRun saved = SavedRun.read(run, host.console());
    saved.requireSameTokenizer();
    SavedWeights weights = lastWeights(saved, run);
    Opened now = new Opened(run, saved, machine.kernels(), weights, new LinkedHashMap<>());
    opened = now;
    return now;
  }

  /** Those that the training ended with: a grid measures no model that is trained in part. */
  private SavedWeights lastWeights(SavedRun saved, Path run) {
    SavedWeights weights = saved.weights(host.console());
    EarlyEnd early = RunFiles.of(run).manifest().ended();
    long steps = early == null ? saved.plan().recipe().steps() : early.best();
    if (weights.step() != steps) {
      weights.close();
      throw new UserError(
          "the checkpoint of step %d, that of the end of %s, cannot be used; the newest that can is of step %d"
              .formatted(steps, run, weights.step()),
          "delete %s; `swax grid run` then trains on from there"
              .formatted(run.resolveSibling("result.json")));
    }
    return weights;
  }

  private Program program(
      Opened model, Cut cut, int[] windows, int length, int context, int texts) {
    SavedRun saved = model.saved();
    Memory.requireForKeys(saved.model(), context, length, Memory.machine());
    Parameters weights = model.parameters(cut, windows, host);
    return saved.code(cut).create(model.kernels(), weights, texts, length, context, false);
  }

  private Optional<SequencedMap<String, Outcome.Metric>> perplexity(
      Opened model, GridMeasure.Perplexity measure, Cut cut, int[] windows, BooleanSupplier stop) {
    Corpus text =
        new TextLoader(Plans.folder(measure.data()), Loading.of(host))
            .load(measure.data().source(), measure.data().tokenizer())
            .validation()
            .sample(measure.tokens());
    int length = Plans.segment(model.saved().model(), model.saved().plan().recipe().sequence());
    int context = Plans.context(model.saved().model(), windows, text.longest());
    try (Program program = program(model, cut, windows, length, context, 1)) {
      return new Evaluator(program)
          .score(text, measure.selection(), windows, stop, _ -> {})
          .map(CellModel::metrics);
    }
  }

  /** The error of {@code e^loss} follows from that of the loss: {@code e^loss} times as large. */
  private static SequencedMap<String, Outcome.Metric> metrics(Score score) {
    SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
    long count = score.documents();
    double error = score.standardError();
    metrics.put(
        "perplexity", new Outcome.Metric(score.perplexity(), count, score.perplexity() * error));
    metrics.put("loss", new Outcome.Metric(score.loss(), count, error));
    metrics.put("bits", new Outcome.Metric(score.bits(), count, score.bitsError()));
    return metrics;
  }

  private Optional<SequencedMap<String, Outcome.Metric>> score(
      Opened model, Task task, long examples, Cut cut, int[] windows, BooleanSupplier stop) {
    int longest = TaskLengths.longest(task, Purpose.TEST.seed(TEST_SEED), examples);
    Architecture architecture = model.saved().model();
    int length = Plans.exampleSegment(architecture, longest);
    int context = Plans.context(architecture, windows, longest);
    int texts = Memory.texts(task, architecture, context, length);
    try (Program program = program(model, cut, windows, length, context, texts)) {
      return new TaskEvaluator(program, windows, stop, _ -> {})
          .score(task, Purpose.TEST.seed(TEST_SEED), examples)
          .map(CellModel::metrics);
    }
  }

  private static SequencedMap<String, Outcome.Metric> metrics(TaskScore score) {
    SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
    for (Metric metric : score.metrics()) {
      metrics.put(
          metric.name(),
          new Outcome.Metric(
              metric.value(), metric.count(), metric.standardError(), metric.examples()));
    }
    return metrics;
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
