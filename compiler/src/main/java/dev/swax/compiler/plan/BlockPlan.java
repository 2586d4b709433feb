package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.Block;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.List;

/**
 * A block with its two methods planned.
 *
 * @param again steps of the forward pass that run once more before those of the backward pass
 */
public record BlockPlan(Block block, GraphPlan forward, GraphPlan backward, List<Step> again) {
  public BlockPlan {
    again = List.copyOf(again);
  }

  /** One that computes no step again. */
  BlockPlan(Block block, GraphPlan forward, GraphPlan backward) {
    this(block, forward, backward, List.of());
  }

  /** Floats a token kept from forward to backward, the residual stream not included. */
  public int savedColumns() {
    return forward.places().values().stream()
        .filter(p -> p instanceof Place.Saved)
        .map(p -> (Place.Saved) p)
        .distinct()
        .mapToInt(Place.Saved::columns)
        .sum();
  }

  /** The shapes of the block's recurrences. */
  public List<RecurrenceShape> recurrences() {
    return forward.graph().nodes().stream()
        .map(Node::op)
        .filter(Op.Recurrence.class::isInstance)
        .map(op -> ((Op.Recurrence) op).shape())
        .toList();
  }

  /** Floats a token of scratch at the widest moment. */
  public int scratchColumns() {
    return Math.max(forward.scratchColumns(), backward.scratchColumns());
  }
}
