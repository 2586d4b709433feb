package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Renaming;
import dev.swax.compiler.ir.ValueId;
import java.util.List;
import java.util.Optional;

/** Rebuilds a graph node by node; ids, names and origins are handled here. */
final class Rewriter {
  /** Gives the value that takes a node's place, or nothing to keep the node. */
  @FunctionalInterface
  interface Rule {
    /** {@code node} has its operands already rewritten; its id is still the old one. */
    Optional<ValueId> apply(Node node, Graph.Builder out);
  }

  private Rewriter() {}

  static Graph rewrite(Graph graph, Rule rule) {
    var out = new Graph.Builder();
    var moved = new Renaming();
    for (Node node : graph.nodes()) {
      List<ValueId> operands = moved.of(node.operands());
      var rewritten =
          new Node(node.id(), node.op(), operands, node.type(), node.name(), node.origin());
      out.at(node.origin());
      moved.put(
          node.id(),
          rule.apply(rewritten, out).orElseGet(() -> out.add(node.op(), operands, node.name())));
    }
    graph.results().forEach((name, id) -> out.result(name, moved.of(id)));
    return out.build();
  }
}
