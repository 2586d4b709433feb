package dev.swax.hub.match;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Ways through a graph, from a value to what it is made of. */
public record Walk(Graph graph) {

  public Node operand(Node node, int index) {
    return graph.node(node.operand(index));
  }

  /** The first value of the graph that is as wanted. */
  public Optional<Node> first(Predicate<Node> wanted) {
    return graph.nodes().stream().filter(wanted).findFirst();
  }

  /** The nearest such value that another is made of, or that value itself. */
  public Optional<Node> nearest(Node from, Predicate<Node> wanted) {
    Deque<Node> next = new ArrayDeque<>(List.of(from));
    Set<Node> seen = new LinkedHashSet<>();
    while (!next.isEmpty()) {
      Node node = next.remove();
      if (wanted.test(node)) {
        return Optional.of(node);
      }
      node.operands().stream().map(graph::node).filter(seen::add).forEach(next::add);
    }
    return Optional.empty();
  }

  /** Whether a value is made of another. */
  public boolean reads(Node node, Node other) {
    return nearest(node, other::equals).isPresent();
  }

  /** The constant that a value is multiplied by at last, or 1. */
  public double factor(Node node) {
    return node.op().equals(new Op.Binary(BinaryFunction.MULTIPLY))
        ? constant(node).orElse(1.0)
        : 1;
  }

  /** The constant among the operands of a value. */
  public Optional<Double> constant(Node node) {
    return node.operands().stream()
        .map(graph::node)
        .filter(operand -> operand.op() instanceof Op.Constant)
        .map(operand -> ((Op.Constant) operand.op()).value())
        .findFirst();
  }

  /** Whether a value is the sum of another and a learnt row. */
  public boolean isBiased(Node node) {
    return node.op().equals(new Op.Binary(BinaryFunction.ADD))
        && node.operands().stream().anyMatch(id -> graph.node(id).op() instanceof Op.SpreadRow);
  }
}
