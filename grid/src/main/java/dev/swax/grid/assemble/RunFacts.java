package dev.swax.grid.assemble;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.runtime.train.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one wants to know of a training beside its name: its sizes and rate, and what its result
 * recorded of how long it took and when it ended. Nothing here is of the moment.
 */
final class RunFacts {
  private RunFacts() {}

  static List<String> of(Cell.Training cell, CellFolder place) {
    Optional<Outcome> outcome = place.findOutcome();
    TrainPlan plan = cell.plan();
    Recipe recipe = plan.recipe();
    List<String> facts = new ArrayList<>();
    Architecture model = plan.architecture();
    if (model != null) {
      facts.add("width %d".formatted(model.width()));
      facts.add("%d layers".formatted(model.layers().size()));
    }
    facts.add("rate " + recipe.rate().describe());
    facts.add(
        String.format(
            Locale.ROOT, "%,d steps of %,d tokens", recipe.steps(), recipe.batchTokens()));
    outcome.ifPresent(known -> {
      if (known.endedEarly() > 0) {
        facts.add(String.format(Locale.ROOT, "ended early at step %,d", known.endedEarly()));
      }
      if (known.seconds() > 0) {
        facts.add(duration(known.seconds()));
        facts.add(
            String.format(Locale.ROOT, "%,.0f tokens/s", tokens(cell, known) / known.seconds()));
      }
      Instant finished = known.finished();
      if (finished != null) {
        facts.add("ended " + finished.atZone(ZoneOffset.UTC).toLocalDate());
      }
    });
    if (!place.hasRun()) {
      facts.add(outcome.isPresent() ? "its run is not here" : "not begun");
    }
    return facts;
  }

  private static double tokens(Cell.Training cell, Outcome outcome) {
    return outcome.endedEarly() == 0
        ? cell.tokens()
        : (double) outcome.endedEarly() * cell.plan().recipe().batchTokens();
  }

  /** {@code 2 h 5 min}, {@code 5 min 3 s} or {@code 3.2 s}. */
  static String duration(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    if (time.toHours() > 0) {
      return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
