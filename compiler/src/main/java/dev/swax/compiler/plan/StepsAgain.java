package dev.swax.compiler.plan;

import dev.swax.compiler.ir.ValueId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the steps of a forward pass that lead to some places, when scratch has been used for other
 * things since the pass.
 */
final class StepsAgain {
  private final GraphPlan plan;
  private final StepValues values;

  /** What each place holds after the forward pass. */
  private final Map<Place, ValueId> last = new LinkedHashMap<>();

  private final Set<Place> needed;
  private final Set<Step> found = new LinkedHashSet<>();

  private StepsAgain(GraphPlan plan, Collection<? extends Place> wanted) {
    this.plan = plan;
    this.values = new StepValues(plan.graph());
    this.needed = new LinkedHashSet<>(wanted);
    plan.steps().forEach(step -> outputs(step).forEach(id -> last.put(plan.place(id), id)));
  }

  /** Those of the plan, in its order. */
  static List<Step> of(GraphPlan plan, Collection<? extends Place> wanted) {
    var again = new StepsAgain(plan, wanted);
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Step step : plan.steps()) {
        grows |= again.isNeeded(step) && again.add(step);
      }
    }
    return plan.steps().stream().filter(again.found::contains).toList();
  }

  private boolean isNeeded(Step step) {
    return outputs(step).anyMatch(id -> needed.contains(plan.place(id)));
  }

  /**
   * Adds a step, with what it reads. What it writes and other steps overwrite is overwritten again.
   */
  private boolean add(Step step) {
    if (!found.add(step)) {
      return false;
    }
    outputs(step).map(plan::place).filter(place -> !isScratch(place)).forEach(needed::add);
    values.reads(step).stream()
        .filter(plan.places()::containsKey)
        .filter(id -> !isThere(id))
        .forEach(id -> needed.add(plan.place(id)));
    return true;
  }

  private boolean isThere(ValueId id) {
    Place place = plan.place(id);
    return !isScratch(place) && id.equals(last.getOrDefault(place, id));
  }

  private Stream<ValueId> outputs(Step step) {
    return values.outputs(step).stream();
  }

  private static boolean isScratch(Place place) {
    return place instanceof Place.Scratch;
  }
}
