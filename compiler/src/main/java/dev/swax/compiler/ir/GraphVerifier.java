package dev.swax.compiler.ir;

import java.util.List;

/** Checks what every graph must hold, so that a broken pass is named at once. */
public final class GraphVerifier {
  private GraphVerifier() {}

  /** Operands are defined earlier and every type is what its rule says. */
  public static void verify(Graph graph, String after) {
    for (Node node : graph.nodes()) {
      for (ValueId operand : node.operands()) {
        require(operand.index() < node.id().index(), after, "%s uses %s", node.id(), operand);
      }
      if (!(node.op() instanceof Op.Part)) {
        List<TensorType> operands =
            node.operands().stream().map(o -> graph.node(o).type()).toList();
        TensorType type = TypeRules.results(node.op(), operands).getFirst();
        require(type.equals(node.type()), after, "%s is %s", node, type);
      }
    }
  }

  /** As {@link #verify(Graph, String)}; also the results keep their names and types. */
  public static void verify(Graph before, Graph graph, String after) {
    verify(graph, after);
    require(
        before.results().keySet().equals(graph.results().keySet()),
        after,
        "results %s became %s",
        before.results().keySet(),
        graph.results().keySet());
    before
        .results()
        .forEach((name, id) ->
            require(
                before.node(id).type().equals(graph.node(graph.result(name)).type()),
                after,
                "result %s changed its type from %s",
                name,
                before.node(id).type()));
  }

  private static void require(boolean holds, String after, String message, Object... values) {
    if (!holds) {
      throw new IllegalStateException("after " + after + ": " + message.formatted(values));
    }
  }
}
