package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.ValueId;
import java.util.List;
import java.util.Map;

/**
 * One method of a generated program: the steps of a graph and where its values live.
 *
 * @param scratchColumns floats a token of shared scratch that it needs at its widest moment
 */
public record GraphPlan(
    Graph graph, List<Step> steps, Map<ValueId, Place> places, int scratchColumns) {
  public GraphPlan {
    steps = List.copyOf(steps);
  }

  /**
   * @throws IllegalStateException if the value is computed where it is used
   */
  public Place place(ValueId id) {
    Place place = places.get(id);
    if (place == null) {
      throw new IllegalStateException(id + " has no place");
    }
    return place;
  }
}
