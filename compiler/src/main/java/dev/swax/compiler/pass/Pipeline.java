package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.GraphVerifier;
import java.util.List;

/** The passes, in order. Each leaves a verified graph with the same results. */
public final class Pipeline {
  private static final List<Pass> BEFORE_GRADIENTS =
      List.of(
          new DropUnused(),
          new FoldIdentities(),
          new SpreadFirst(),
          new ExpandSilu(),
          new ShareCommon());

  private static final List<Pass> AFTER_GRADIENTS =
      List.of(
          new DropUnused(),
          new FoldIdentities(),
          new ShareCommon(),
          new FoldIdentities(),
          new DropUnused(),
          new AddIntoMatMul(),
          new DropUnused());

  private Pipeline() {}

  /** Rewrites a block as lowering left it. */
  public static Graph beforeGradients(Graph graph) {
    return run(BEFORE_GRADIENTS, graph);
  }

  /** Rewrites a block with its gradients. */
  public static Graph afterGradients(Graph graph) {
    return run(AFTER_GRADIENTS, graph);
  }

  private static Graph run(List<Pass> passes, Graph graph) {
    Graph result = graph;
    for (Pass pass : passes) {
      Graph next = pass.run(result);
      GraphVerifier.verify(result, next, pass.name());
      result = next;
    }
    return result;
  }
}
