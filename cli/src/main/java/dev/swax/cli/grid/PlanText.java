package dev.swax.cli.grid;

import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellState;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.Speed;
import dev.swax.runtime.Visible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What is to be computed, what is there, and what the rest costs: for people. */
public final class PlanText {
  private PlanText() {}

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** A line for each cell, below the first grid that needs it, then the sums. */
  public static String render(
      Cells cells, SequencedMap<Cell, CellState> states, Optional<Speed> speed, int jobs) {
    var lines = new ArrayList<String>();
    SequencedMap<Cell, CellState> left = new LinkedHashMap<>(states);
    for (GridCells grid : cells.grids()) {
      SequencedMap<Cell, CellState> own = new LinkedHashMap<>();
      grid.all().stream()
          .filter(left::containsKey)
          .forEach(cell -> own.put(cell, left.remove(cell)));
      lines.addAll(cells(grid, own));
    }
    lines.add(sums(states));
    lines.add(cost(states, speed, jobs));
    states.keySet().stream()
        .flatMap(cell -> cell.command().stream())
        .distinct()
        .forEach(command -> lines.add("starts %s, with `--allow-runner`".formatted(command)));
    return text(lines);
  }

  private static List<String> cells(GridCells cells, SequencedMap<Cell, CellState> states) {
    GridPlan grid = cells.grid();
    var lines = new ArrayList<String>();
    int above = cells.all().size() - states.size();
    lines.add(
        "grid %s: %s, %s, %s%s"
            .formatted(
                grid.name(),
                count(grid.columns().size(), "column"),
                count(grid.rows().size(), "row"),
                count(cells.all().size(), "cell"),
                above > 0 ? ", %d of them above".formatted(above) : ""));
    int what = width(states.keySet().stream().map(Cell::what).toList());
    int column = width(states.keySet().stream().map(Cell::column).toList());
    String form = "  %-" + what + "s  %-" + column + "s  seed %-3d %,15d tok %12s FLOPs  %s";
    states.forEach((cell, state) ->
        lines.add(
            String.format(
                Locale.ROOT,
                form,
                cell.what(),
                cell.column(),
                cell.seed(),
                cell.tokens(),
                String.format(Locale.ROOT, "%.3g", cell.flops()),
                state.describe())));
    return lines;
  }

  /** Each in a line of its own, whatever the labels in it hold. */
  private static String text(List<String> lines) {
    return lines.stream().map(Visible::harmless).collect(Collectors.joining("\n", "", "\n"));
  }

  private static int width(List<String> texts) {
    return Math.max(1, texts.stream().mapToInt(String::length).max().orElse(1));
  }

  /** The sums, then what runs, has failed, needs something or ended early. */
  public static String status(SequencedMap<Cell, CellState> states) {
    var lines = new ArrayList<String>();
    lines.add(sums(states));
    states.forEach((cell, state) -> {
      boolean asPlanned =
          switch (state) {
            case CellState.Cached(long endedEarly) -> endedEarly == 0;
            case CellState.ToRun _ -> true;
            default -> false;
          };
      if (!asPlanned) {
        lines.add("  " + cell.title() + ": " + state.describe());
      }
    });
    return text(lines);
  }

  /** {@code 4 to run, 2 cached}. */
  static String sums(SequencedMap<Cell, CellState> states) {
    var parts = new ArrayList<String>();
    for (Kind kind : Kind.values()) {
      long count = states.values().stream().filter(state -> Kind.of(state) == kind).count();
      if (count > 0) {
        parts.add(count + " " + kind.text);
      }
    }
    return parts.isEmpty() ? "nothing to compute" : String.join(", ", parts);
  }

  private enum Kind {
    TO_RUN("to run"),
    STALE("stale"),
    DAMAGED("damaged"),
    INTERRUPTED("interrupted"),
    QUEUED("queued"),
    RUNNING("running"),
    CACHED("cached"),
    FAILED("failed"),
    IMPOSSIBLE("cannot run here");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    private static Kind of(CellState state) {
      return switch (state) {
        case CellState.ToRun _ -> TO_RUN;
        case CellState.Stale _ -> STALE;
        case CellState.Damaged _ -> DAMAGED;
        case CellState.Interrupted _ -> INTERRUPTED;
        case CellState.Queued _ -> QUEUED;
        case CellState.Running _ -> RUNNING;
        case CellState.Cached _ -> CACHED;
        case CellState.Failed _ -> FAILED;
        case CellState.Impossible _ -> IMPOSSIBLE;
      };
    }
  }

  private static String cost(
      SequencedMap<Cell, CellState> states, Optional<Speed> speed, int jobs) {
    double flops = left(states, Cell::flops);
    double tokens = left(states, cell -> (double) cell.tokens());
    String amount =
        String.format(
            Locale.ROOT,
            "left to compute: %s%.3g FLOPs on %,.0f tokens",
            mayEndEarly(states) ? "at most " : "",
            flops,
            tokens);
    long unknown =
        states.entrySet().stream()
            .filter(entry -> !entry.getValue().isDone() && entry.getKey().tokens() == 0)
            .count();
    if (unknown > 0) {
      amount += ", and %d cells whose files are missing".formatted(unknown);
    } else if (flops == 0) {
      return "left to compute: nothing";
    }
    return cost(amount, flops, speed, jobs);
  }

  private static String cost(String amount, double flops, Optional<Speed> speed, int jobs) {
    return speed
        .map(s ->
            String.format(
                Locale.ROOT,
                "%s; about %s at %.3g FLOP/s, %s, with %d at a time",
                amount,
                duration(flops / s.flops() / jobs),
                s.flops(),
                s.source(),
                jobs))
        .orElse(
            amount
                + "; the time is known after the first training is finished, or with `--flops RATE`");
  }

  private static boolean mayEndEarly(SequencedMap<Cell, CellState> states) {
    return states.entrySet().stream()
        .filter(entry -> !entry.getValue().isDone())
        .anyMatch(entry ->
            entry.getKey() instanceof Cell.Training training
                && training.plan().recipe().stop() != null);
  }

  private static double left(SequencedMap<Cell, CellState> states, ToDoubleFunction<Cell> amount) {
    return states.entrySet().stream()
        .filter(entry -> !entry.getValue().isDone())
        .mapToDouble(entry -> amount.applyAsDouble(entry.getKey()))
        .sum();
  }

  /** {@code 1:02:03}, or days where it is longer. */
  public static String duration(double seconds) {
    if (seconds > 48.0 * 3600) {
      return String.format(Locale.ROOT, "%,.0f days", seconds / 86400);
    }
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
