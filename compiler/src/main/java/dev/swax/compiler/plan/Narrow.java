package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the values that have one number for each group of columns: results of sums within rows,
 * operands of spreads, and what is computed between the two.
 */
final class Narrow {
  private Narrow() {}

  static Set<ValueId> find(Graph graph) {
    Set<ValueId> narrow = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.SumGroups) {
        narrow.add(node.id());
      }
      if (node.op() instanceof Op.SpreadGroups) {
        narrow.add(node.operand(0));
      }
    }
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Node node : graph.nodes()) {
        grown |= spread(graph, node, narrow);
      }
    }
    return narrow;
  }

  /** Elementwise nodes and their operands of the same shape are narrow together. */
  private static boolean spread(Graph graph, Node node, Set<ValueId> narrow) {
    if (!(node.op() instanceof Op.Unary || node.op() instanceof Op.Binary)) {
      return false;
    }
    List<ValueId> together =
        node.operands().stream()
            .filter(o -> graph.node(o).type().equals(node.type()))
            .filter(o -> !Lightness.isHeavy(graph.node(o).op()))
            .toList();
    boolean any = narrow.contains(node.id()) || together.stream().anyMatch(narrow::contains);
    return any && (narrow.add(node.id()) | narrow.addAll(together));
  }
}
