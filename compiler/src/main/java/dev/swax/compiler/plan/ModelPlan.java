package dev.swax.compiler.plan;

import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LoweredModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A model with every method planned: what a code generator prints. */
public record ModelPlan(
    LoweredModel model, BlockPlan embed, List<BlockPlan> kinds, BlockPlan head) {
  public ModelPlan {
    kinds = List.copyOf(kinds);
  }

  /**
   * Plans every block.
   *
   * @param model differentiated, and rewritten by the passes
   */
  public static ModelPlan of(LoweredModel model) {
    return new ModelPlan(
        model,
        plan(model.embed()),
        model.kinds().stream().map(ModelPlan::plan).toList(),
        plan(model.head()));
  }

  private static BlockPlan plan(Block block) {
    Partition partition = Partition.of(block.graph());
    Set<String> names = new LinkedHashSet<>();
    return new BlockPlan(
        block,
        PlanGraph.plan(partition.forward(), block.name() + "_forward", names),
        PlanGraph.plan(partition.backward(), block.name() + "_backward", names));
  }

  /** All blocks, in the order in which they first run. */
  public List<BlockPlan> blocks() {
    var blocks = new ArrayList<BlockPlan>();
    blocks.add(embed);
    blocks.addAll(kinds);
    blocks.add(head);
    return blocks;
  }

  /** How many rows of its own a part of a kernel needs at most: sums over rows, and functions. */
  public int partials() {
    return kernels().mapToInt(k -> k.rowSums().size() + k.rows().size()).max().orElse(0);
  }

  /** How wide these rows get. */
  public int partialColumns() {
    return kernels()
        .flatMap(k -> Stream.concat(k.rowSums().stream(), k.rows().stream()))
        .mapToInt(n -> n.type().columns())
        .max()
        .orElse(1);
  }

  /** Floats of constant rows. */
  public int constants() {
    return blocks().stream()
        .flatMap(b -> Stream.of(b.forward(), b.backward()))
        .flatMap(g -> g.places().values().stream())
        .filter(Place.Fixed.class::isInstance)
        .distinct()
        .mapToInt(p -> ((Place.Fixed) p).values().size())
        .sum();
  }

  private Stream<RowLevels> kernels() {
    return blocks().stream()
        .flatMap(b -> Stream.of(b.forward(), b.backward()))
        .flatMap(g ->
            g.steps().stream()
                .filter(Step.Fused.class::isInstance)
                .map(s -> new RowLevels(g.graph(), ((Step.Fused) s).kernel())));
  }
}
