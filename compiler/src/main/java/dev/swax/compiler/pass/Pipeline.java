package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.GraphVerifier;
import java.util.List;

/** The passes, in order. Each leaves a verified graph with the same results. */
public final class Pipeline {
  private static final List<Pass> PASSES =
      List.of(
          new DropUnused(),
          new FoldIdentities(),
          new ShareCommon(),
          new FoldIdentities(),
          new DropUnused(),
          new AddIntoMatMul(),
          new DropUnused());

  private Pipeline() {}

  public static List<Pass> passes() {
    return PASSES;
  }

  public static Graph run(Graph graph) {
    Graph result = graph;
    for (Pass pass : PASSES) {
      Graph next = pass.run(result);
      GraphVerifier.verify(result, next, pass.name());
      result = next;
    }
    return result;
  }
}
