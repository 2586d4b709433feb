package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Renaming;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Drops every node that no result needs. */
public final class DropUnused implements Pass {

  @Override
  public Graph run(Graph graph) {
    Set<ValueId> needed = new LinkedHashSet<>(graph.results().values());
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(nodes.get(i).id())) {
        needed.addAll(nodes.get(i).operands());
      }
    }
    var out = new Graph.Builder();
    var moved = new Renaming();
    for (Node node : nodes) {
      if (needed.contains(node.id())) {
        out.at(node.origin());
        moved.put(node.id(), out.add(node.op(), moved.of(node.operands()), node.name()));
      }
    }
    graph.results().forEach((name, id) -> out.result(name, moved.of(id)));
    return out.build();
  }
}
