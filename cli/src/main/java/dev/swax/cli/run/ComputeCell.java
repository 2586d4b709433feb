package dev.swax.cli.run;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.input.Input;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Claim;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.store.Owner;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.train.EarlyEnd;
import dev.swax.runtime.train.MetricLines;
import dev.swax.runtime.train.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * Cells of a grid, computed in this process: each is claimed, computed and its result kept. A
 * training that was begun goes on from its checkpoint.
 *
 * @param folders finds the folder of a cell
 * @param stop whether a signal has arrived
 */
public record ComputeCell(
    Host host,
    Input input,
    Cells cells,
    Folders folders,
    MachineOptions machine,
    RunnerOption runners,
    BooleanSupplier stop) {

  /** Finds the folder of a cell. */
  public interface Folders {
    CellFolder of(Cell cell);
  }

  /**
   * Models in order, each with its measures. Where another process has the first cell, that is all;
   * of the others, those that another process has are left to it, and so are the measures of a
   * model that it trains. A measure that the user has to put right does not keep the others from
   * being taken; a training does.
   *
   * @return the exit code; {@link ExitCode#CHECKPOINTED} where not all is done
   */
  public int run(List<Cell> cells) {
    int result = ExitCode.DONE;
    try (var model = new CellModel(host, machine, runners)) {
      for (Cell cell : cells) {
        int code = run(cell, model);
        boolean first = cell.equals(cells.getFirst());
        if (code == ExitCode.USER_ERROR && cell instanceof Cell.Evaluation) {
          result = code;
        } else if (code != ExitCode.DONE && (first || code != ExitCode.CHECKPOINTED)) {
          return code;
        }
        if (stop.getAsBoolean()) {
          return ExitCode.CHECKPOINTED;
        }
      }
    }
    return result;
  }

  private int run(Cell cell, CellModel model) {
    if (cell instanceof Cell.Evaluation measure && !folders.of(measure.training()).isFinished()) {
      return ExitCode.CHECKPOINTED;
    }
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
      return computed(cell, folder, model);
    }
  }

  private int computed(Cell cell, CellFolder folder, CellModel model) {
    try {
      folder.describe(CellStates.describe(cell));
      return switch (cell) {
        case Cell.Training training -> train(training, folder);
        case Cell.Evaluation evaluation -> evaluate(evaluation, folder, model);
      };
    } catch (UserError e) {
      return failed(folder, e);
    }
  }

  /** Noted while the cell is still claimed, so that the runner reads it at once. */
  private int failed(CellFolder folder, UserError error) {
    host.console().error(String.valueOf(error.getMessage()), error.help());
    String help = error.help() == null ? "" : "\n  = help: " + error.help();
    folder.fail(new CellFolder.Failure(ExitCode.USER_ERROR, 1, error.getMessage() + help));
    return ExitCode.USER_ERROR;
  }

  private int train(Cell.Training cell, CellFolder folder) {
    Path run = folder.run();
    int code;
    if (folder.hasRun()) {
      code = new ContinueRun(host, run, cell.plan().data()).run(machine);
    } else {
      delete(run);
      var column = new ColumnChoice(cells.holder(cell).name(), cell.column(), cell.seed());
      code = new StartRun(host, input, cell.plan(), column).run(run, machine);
    }
    if (code == ExitCode.DONE) {
      folder.finish(outcome(cell, run).now());
    }
    return code;
  }

  private static Outcome outcome(Cell.Training cell, Path run) {
    EarlyEnd early = RunFiles.of(run).manifest().ended();
    if (early == null) {
      return Outcome.ofTraining(seconds(run), cell.flops(), 0);
    }
    double share = early.step() / (double) cell.plan().recipe().steps();
    return Outcome.ofTraining(seconds(run), cell.flops() * share, early.step());
  }

  /** What is left of a run that was killed before it began. */
  private static void delete(Path run) {
    try {
      Disk.deleteTree(run);
    } catch (IOException e) {
      throw new UserError("cannot delete %s: %s".formatted(run, Reasons.of(e)), null);
    }
  }

  /** What the steps took together, whatever interrupted them. */
  private static double seconds(Path run) {
    double seconds = 0;
    long before = 0;
    try {
      for (MetricLines.Line line : MetricLines.read(run.resolve("metrics.jsonl")).lines()) {
        double rate = line.values().path("tokensPerSecond").asDouble();
        if (rate > 0 && Double.isFinite(rate)) {
          long tokens = line.values().path("tokens").asLong();
          seconds += (tokens - before) / rate;
          before = tokens;
        }
      }
    } catch (IOException e) {
      throw new UserError("cannot read the metrics of %s: %s".formatted(run, Reasons.of(e)), null);
    }
    return seconds;
  }

  private int evaluate(Cell.Evaluation cell, CellFolder folder, CellModel model) {
    long start = System.nanoTime();
    Path run = folders.of(cell.training()).run();
    Optional<SequencedMap<String, Outcome.Metric>> metrics = model.measure(cell, run, stop);
    metrics.ifPresent(found ->
        folder.finish(new Outcome(found, (System.nanoTime() - start) / 1e9, cell.flops()).now()));
    return metrics.isPresent() ? ExitCode.DONE : ExitCode.CHECKPOINTED;
  }
}
