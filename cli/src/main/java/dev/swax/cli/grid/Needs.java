package dev.swax.cli.grid;

import dev.swax.cli.run.Memory;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.Speed;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of an engine need that compute cells: that of the cell that needs most.
 *
 * @param bytes that a process holds at its peak
 * @param most the cell that holds so much
 */
public record Needs(long bytes, Cell most) {
  private static final long TEST_SEED = 1;
  private static final long MEBIBYTE = 1L << 20;

  /** What is asked for is a multiple of this. */
  private static final long GRAIN = 256;

  /** What is asked for beyond the plan, for text in memory and for what was not foreseen. */
  private static final double MARGIN = 1.25;

  private static final Duration START = Duration.ofMinutes(10);

  /** Of cells, at least one. */
  public static Needs of(List<Cell> cells) {
    Cell most = cells.getFirst();
    long bytes = 0;
    for (Cell cell : distinct(cells)) {
      long needed = of(cell);
      if (needed > bytes) {
        bytes = needed;
        most = cell;
      }
    }
    return new Needs(bytes, most);
  }

  /** Seeds need the same, so one is looked at. */
  private static List<Cell> distinct(List<Cell> cells) {
    record Kind(String what, String column) {}
    return cells.stream()
        .collect(
            Collectors.toMap(
                cell -> new Kind(cell.what(), cell.column()),
                cell -> cell,
                (first, _) -> first,
                LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private static long of(Cell cell) {
    TrainPlan plan = cell.trained().plan();
    return switch (cell) {
      case Cell.Training _ -> Memory.ofTraining(plan);
      case Cell.Evaluation evaluation ->
          Memory.ofMeasure(plan, evaluation.windows(), task(evaluation), longest(evaluation));
    };
  }

  private static @Nullable Task task(Cell.Evaluation cell) {
    return cell.measure() instanceof GridMeasure.Score(var task, var _, var _) ? task : null;
  }

  private static long longest(Cell.Evaluation cell) {
    return switch (cell.measure()) {
      case GridMeasure.Perplexity(_, long tokens, var _, var _) ->
          tokens == 0 ? cell.tokens() : tokens;
      case GridMeasure.Score(var task, long examples, var _) ->
          TaskLengths.longest(task, Purpose.TEST.seed(TEST_SEED), examples);
    };
  }

  /** MiB to ask for. */
  public long mebibytes() {
    long grains = (long) Math.ceil(bytes * MARGIN / MEBIBYTE / GRAIN);
    return grains * GRAIN;
  }

  /** {@code 4G}, {@code 900M} as MiB. */
  public static long mebibytes(String text) {
    if (!text.matches("[0-9]{1,7}[MG]") || text.startsWith("0")) {
      throw new UserError(
          "`--memory %s` is no amount of memory".formatted(text), "`--memory 4G`, `--memory 900M`");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return text.endsWith("G") ? number * 1024 : number;
  }

  /** Twice what the longest model should take; empty where no speed has been measured. */
  public static Optional<Duration> time(List<Cell> cells, Optional<Speed> speed) {
    return speed.map(measured -> {
      double most =
          cells.stream()
              .map(Cell::trained)
              .distinct()
              .mapToDouble(model -> flops(model, cells))
              .max()
              .orElse(0);
      long minutes = (long) Math.ceil(2 * most / measured.flops() / 60);
      return START.plusMinutes(minutes);
    });
  }

  private static double flops(Cell.Training model, List<Cell> cells) {
    return cells.stream()
        .filter(cell -> Objects.equals(cell.trained(), model))
        .mapToDouble(Cell::flops)
        .sum();
  }
}
