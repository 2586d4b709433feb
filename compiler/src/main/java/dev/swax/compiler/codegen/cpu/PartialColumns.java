package dev.swax.compiler.codegen.cpu;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;

/** How wide the partial sums over rows get. */
final class PartialColumns {
  private PartialColumns() {}

  static int widest(ModelPlan plan) {
    int widest = 1;
    for (BlockPlan block : plan.blocks()) {
      for (Node sum : BlockEmitter.nodes(block.backward(), Op.SumRows.class)) {
        widest = Math.max(widest, sum.type().columns());
      }
    }
    return widest;
  }
}
