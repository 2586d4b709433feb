package dev.swax.compiler.pass;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    Map<ValueId, ValueId> moved = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (needed.contains(node.id())) {
        out.at(node.origin());
        moved.put(
            node.id(),
            out.add(node.op(), node.operands().stream().map(moved::get).toList(), node.name()));
      }
    }
    graph.results().forEach((name, id) -> out.result(name, moved.get(id)));
    return out.build();
  }
}
