package dev.swax.compiler.plan;

import dev.swax.compiler.lower.Block;

/** A block with its two methods planned. */
public record BlockPlan(Block block, GraphPlan forward, GraphPlan backward) {
  /** Floats a token kept from forward to backward, the residual stream not included. */
  public int savedColumns() {
    return forward.places().values().stream()
        .filter(p -> p instanceof Place.Saved)
        .map(p -> (Place.Saved) p)
        .distinct()
        .mapToInt(Place.Saved::columns)
        .sum();
  }

  public int scratchColumns() {
    return Math.max(forward.scratchColumns(), backward.scratchColumns());
  }
}
