package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which spreads are read where they are used. The others are written to memory: those that a
 * heavy op or the outside reads, and those that meet another division into groups in a node.
 */
final class Spreads {
  private final Graph graph;
  private final Map<ValueId, List<Node>> users = new LinkedHashMap<>();
  private final Set<ValueId> inlined = new LinkedHashSet<>();

  Spreads(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      for (ValueId operand : node.operands()) {
        users.computeIfAbsent(operand, _ -> new ArrayList<>()).add(node);
      }
    }
    for (Node node : graph.nodes()) {
      if (mayBeInlined(node)) {
        inlined.add(node.id());
      }
    }
  }

  /** Whether no kernel writes the value, because its users spread it themselves. */
  boolean isInlined(ValueId id) {
    return inlined.contains(id);
  }

  /** The nodes that use a value; those behind an inlined spread in its place. */
  List<Node> users(ValueId id) {
    var found = new ArrayList<Node>();
    for (Node user : users.getOrDefault(id, List.of())) {
      if (isInlined(user.id())) {
        found.addAll(users(user.id()));
      } else {
        found.add(user);
      }
    }
    return found;
  }

  /** The operands of a node; what stands behind an inlined spread in its place. */
  List<ValueId> reads(Node node) {
    var reads = new ArrayList<ValueId>();
    for (ValueId operand : node.operands()) {
      if (isInlined(operand)) {
        reads.addAll(reads(graph.node(operand)));
      } else {
        reads.add(operand);
      }
    }
    return reads;
  }

  private boolean mayBeInlined(Node node) {
    return node.op() instanceof Op.Spread
        && !graph.results().containsValue(node.id())
        && users.getOrDefault(node.id(), List.of()).stream().allMatch(u -> mayRead(u, node));
  }

  private boolean mayRead(Node user, Node spread) {
    if (!(user.op() instanceof Op.Light)) {
      return false;
    }
    return spread.op().equals(new Op.SpreadRow()) || divisions(user).size() == 1;
  }

  /** The ways in which a node, with all its spreads inlined, divides its columns into groups. */
  private Set<RowShape> divisions(Node node) {
    Set<RowShape> divisions = new LinkedHashSet<>();
    RowShape.ofDivision(graph, node).ifPresent(divisions::add);
    for (ValueId operand : node.operands()) {
      if (graph.node(operand).op() instanceof Op.Spread) {
        RowShape.ofDivision(graph, graph.node(operand)).ifPresent(divisions::add);
      }
    }
    return divisions;
  }
}
