package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.train.Recompute;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets a block keep less from its forward to its backward pass. What it drops moves to the scratch
 * that all blocks share, and the steps of the forward pass that lead to it run once more before the
 * backward pass.
 *
 * <p>Both passes have the same steps as before, in the same order: the bits are those of a block
 * that keeps all.
 */
final class Recomputation {
  private Recomputation() {}

  /** The same block without what it shall compute again. */
  static BlockPlan of(BlockPlan plan, Recompute recompute) {
    if (!plan.again().isEmpty()) {
      throw new IllegalArgumentException(plan.block().name() + " computes something again already");
    }
    Set<Place.Saved> dropped = dropped(plan.forward(), recompute);
    if (dropped.isEmpty()) {
      return plan;
    }
    SequencedMap<Place, Place.Scratch> moved = moved(plan, dropped);
    int own = moved.values().stream().mapToInt(Place.Scratch::columns).sum();
    GraphPlan forward = move(plan.forward(), moved, plan.scratchColumns() + own);
    GraphPlan backward = move(plan.backward(), moved, plan.scratchColumns() + own);
    return new BlockPlan(
        plan.block(), forward, backward, StepsAgain.of(forward, moved.sequencedValues()));
  }

  /** What is not kept any more. A place that several values have in turn is dropped as a whole. */
  private static Set<Place.Saved> dropped(GraphPlan plan, Recompute recompute) {
    Set<ValueId> outside = outsideOfMixers(plan.graph());
    Set<Place.Saved> kept = new LinkedHashSet<>();
    Set<Place.Saved> dropped = new LinkedHashSet<>();
    plan.places()
        .forEach((id, place) -> {
          if (place instanceof Place.Saved saved) {
            boolean keeps =
                switch (recompute) {
                  case NONE -> true;
                  case MIXERS -> outside.contains(id);
                  case ALL -> false;
                };
            (keeps ? kept : dropped).add(saved);
          }
        });
    dropped.removeAll(kept);
    return dropped;
  }

  /** What is not computed in a mixer, and what leaves one. */
  private static Set<ValueId> outsideOfMixers(Graph graph) {
    Set<ValueId> outside = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (node.origin() == null || !node.origin().mixer()) {
        outside.add(node.id());
        outside.addAll(node.operands());
      }
    }
    return outside;
  }

  /** New places, after all columns that the block uses. */
  private static SequencedMap<Place, Place.Scratch> moved(
      BlockPlan plan, Set<Place.Saved> dropped) {
    Set<String> names = scratchNames(plan);
    SequencedMap<Place, Place.Scratch> moved = new LinkedHashMap<>();
    int offset = plan.scratchColumns();
    for (Place.Saved saved : dropped) {
      String name = saved.name();
      for (int i = 2; !names.add(name); i++) {
        name = saved.name() + "_" + i;
      }
      moved.put(saved, new Place.Scratch(name, offset, saved.columns()));
      offset += saved.columns();
    }
    return moved;
  }

  private static Set<String> scratchNames(BlockPlan plan) {
    Set<String> names = new LinkedHashSet<>();
    Stream.of(plan.forward(), plan.backward())
        .flatMap(pass -> pass.places().values().stream())
        .forEach(place -> {
          if (place instanceof Place.Scratch scratch) {
            names.add(scratch.name());
          }
        });
    return names;
  }

  private static GraphPlan move(
      GraphPlan plan, Map<Place, Place.Scratch> moved, int scratchColumns) {
    Map<ValueId, Place> places = new LinkedHashMap<>();
    plan.places()
        .forEach((id, place) -> {
          Place to = moved.get(place);
          places.put(id, to == null ? place : to);
        });
    return new GraphPlan(plan.graph(), plan.steps(), places, scratchColumns);
  }
}
