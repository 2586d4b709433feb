package dev.swax.compiler.plan;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.pass.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A model with every method planned: what a code generator prints. */
public record ModelPlan(
    LoweredModel model, BlockPlan embed, List<BlockPlan> kinds, BlockPlan head) {
  public ModelPlan {
    kinds = List.copyOf(kinds);
  }

  public static ModelPlan of(LoweredModel model) {
    return new ModelPlan(
        model,
        plan(model.embed()),
        model.kinds().stream().map(ModelPlan::plan).toList(),
        plan(model.head()));
  }

  private static BlockPlan plan(Block block) {
    Set<String> results = new LinkedHashSet<>(block.graph().results().keySet());
    Graph graph = Pipeline.beforeGradients(block.graph());
    Partition partition = Partition.of(Pipeline.afterGradients(Gradient.of(graph)), results);
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
}
