package dev.swax.compiler.model.grid;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One model of a grid, trained once for each seed. A column that chooses among others has the model
 * and the trainings of the first of them.
 *
 * @param architecture null where the grid has no model for the column, only the reference has
 *     values
 * @param trains one for each seed of the grid, with this architecture; empty where nothing is
 *     trained
 * @param tested whether the column itself states a window of the test; what is known of a model is
 *     then known of it at that window
 * @param testWindows keys of each window while it is measured, by name
 * @param cut what is taken out of the model while it is measured
 * @param choice what the column chooses among; null where it is a model of its own
 */
public record GridColumn(
    GridLabel heading,
    Span span,
    @Nullable Architecture architecture,
    List<TrainPlan> trains,
    boolean tested,
    SequencedMap<String, Integer> testWindows,
    Cut cut,
    @Nullable GridChoice choice) {
  public GridColumn {
    trains = List.copyOf(trains);
    testWindows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(testWindows));
  }

  /** One that chooses among columns of which {@code first} is one. */
  public static GridColumn choosing(
      GridLabel heading, Span span, GridColumn first, GridChoice choice) {
    return new GridColumn(
        heading,
        span,
        first.architecture,
        first.trains,
        first.tested,
        first.testWindows,
        first.cut,
        choice);
  }

  public String label() {
    return heading.text();
  }

  public SequencedMap<String, String> axes() {
    return heading.axes();
  }

  /** Why a measure's cut cannot be made in the model of the column; empty where it can. */
  public Optional<String> obstacle(Cut further) {
    return cut.isNone() || further.isNone()
        ? further.obstacle(model())
        : Optional.of(
            "%s is cut out of the column already, and one cut can be made"
                .formatted(cut.describe()));
  }

  /** The model, of a column that has one. */
  public Architecture model() {
    if (architecture == null) {
      throw new IllegalStateException("no model for column " + label());
    }
    return architecture;
  }

  /** The model with the windows that it is measured at. */
  public Architecture measured() {
    List<WindowVariable> windows =
        model().windows().stream()
            .map(window ->
                new WindowVariable(
                    window.name(),
                    window.span(),
                    new WindowSchedule.Constant(
                        testWindows.getOrDefault(window.name(), window.schedule().testValue()))))
            .toList();
    return model().withWindows(windows);
  }
}
