package dev.swax.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.input.Input;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Claim;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.store.Owner;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.evaluate.Evaluator;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The work of one cell of a grid in this process: claims it, computes it and keeps the result. A
 * training that was begun goes on from its checkpoint.
 *
 * @param folders finds the folder of a cell
 */
public record ComputeCell(Host host, Input input, String grid, Folders folders) {

  /** Finds the folder of a cell. */
  public interface Folders {
    CellFolder of(Cell cell);
  }

  /** The exit code; {@link ExitCode#CHECKPOINTED} too where another process has the cell. */
  public int run(Cell cell, MachineOptions machine) {
    CellFolder folder = folders.of(cell);
    Optional<Claim> claim = folder.claim(Owner.current());
    if (claim.isEmpty()) {
      host.console().message("another process works on " + cell.title());
      return ExitCode.CHECKPOINTED;
    }
    try (Claim held = claim.get()) {
      if (folder.isFinished() || !held.isHeld()) {
        return ExitCode.DONE;
      }
      folder.describe(CellStates.describe(cell));
      return switch (cell) {
        case Cell.Training training -> train(training, folder, machine);
        case Cell.Evaluation evaluation -> evaluate(evaluation, folder, machine);
      };
    }
  }

  private int train(Cell.Training cell, CellFolder folder, MachineOptions machine) {
    Path run = folder.run();
    int code;
    if (Files.exists(run.resolve("manifest.json"))) {
      code = new ContinueRun(host, run).run(machine);
    } else {
      delete(run);
      var column = new ColumnChoice(grid, cell.column(), cell.seed());
      code = new StartRun(host, input, cell.plan(), column).run(run, machine);
    }
    if (code == ExitCode.DONE) {
      folder.finish(new Outcome(new LinkedHashMap<>(), seconds(run), cell.flops()));
    }
    return code;
  }

  /** What is left of a run that was killed before it began. */
  private static void delete(Path run) {
    if (!Files.exists(run)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(run)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UserError("cannot delete %s: %s".formatted(run, e.getMessage()), null);
    }
  }

  /** What the steps took together, whatever interrupted them. */
  private static double seconds(Path run) {
    var json = new JsonMapper();
    double seconds = 0;
    long before = 0;
    try {
      for (String text : Files.readAllLines(run.resolve("metrics.jsonl"))) {
        JsonNode line = json.readTree(text);
        if (line.path("tokensPerSecond").asDouble() > 0) {
          long tokens = line.path("tokens").asLong();
          seconds += (tokens - before) / line.path("tokensPerSecond").asDouble();
          before = tokens;
        }
      }
    } catch (IOException e) {
      throw new UserError("cannot read the metrics of %s: %s".formatted(run, e.getMessage()), null);
    }
    return seconds;
  }

  private int evaluate(Cell.Evaluation cell, CellFolder folder, MachineOptions machine) {
    long start = System.nanoTime();
    SavedRun saved = SavedRun.read(folders.of(cell.training()).run(), host.console());
    SequencedMap<String, Outcome.Metric> metrics =
        switch (cell.measure()) {
          case GridMeasure.Perplexity perplexity -> perplexity(perplexity, cell, saved, machine);
        };
    folder.finish(new Outcome(metrics, (System.nanoTime() - start) / 1e9, cell.flops()));
    return ExitCode.DONE;
  }

  private SequencedMap<String, Outcome.Metric> perplexity(
      GridMeasure.Perplexity measure,
      Cell.Evaluation cell,
      SavedRun saved,
      MachineOptions machine) {
    Corpus text =
        new TextLoader(Plans.folder(measure.data()))
            .load(measure.data().source())
            .validation()
            .sample(measure.tokens());
    int[] windows = Plans.windows(saved.model(), cell.windows());
    int length = Plans.segment(saved.plan().recipe().sequence());
    int context = Plans.context(saved.model(), windows, longest(text.documents()));
    Memory.requireForKeys(saved.model(), context, length, Memory.machine());
    try (Kernels kernels = machine.kernels();
        Parameters weights = saved.weights(host.console());
        Program program = saved.code().create(kernels, weights, 1, length, context, false)) {
      return perplexity(new Evaluator(program).score(text, windows));
    }
  }

  private static long longest(List<Document> documents) {
    return documents.stream().mapToInt(Document::length).max().orElse(1);
  }

  /** The error of {@code e^loss} follows from that of the loss: {@code e^loss} times as large. */
  private static SequencedMap<String, Outcome.Metric> perplexity(Score score) {
    SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
    double perplexity = score.perplexity();
    metrics.put(
        "perplexity",
        new Outcome.Metric(perplexity, score.documents(), perplexity * score.standardError()));
    metrics.put("loss", new Outcome.Metric(score.loss(), score.documents(), score.standardError()));
    metrics.put(
        "bits",
        new Outcome.Metric(
            score.bits(), score.documents(), score.standardError() / StrictMath.log(2)));
    return metrics;
  }
}
