package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.ValueId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A row kernel in the making. */
final class Cluster {
  private final Set<Node> members = new LinkedHashSet<>();
  private final Set<ValueId> reads = new LinkedHashSet<>();
  private RowShape shape;

  Cluster(RowShape shape) {
    this.shape = shape;
  }

  /** Takes a node that reads {@code operands}, inlined spreads left out. */
  void add(Node node, Collection<ValueId> operands, RowShape newShape) {
    members.add(node);
    reads.addAll(operands);
    shape = newShape;
  }

  /** Takes all that another cluster has. */
  void add(Cluster other, RowShape newShape) {
    members.addAll(other.members);
    reads.addAll(other.reads);
    shape = newShape;
  }

  /** In the order of the graph. */
  List<Node> members() {
    return members.stream().sorted(Comparator.comparingInt(n -> n.id().index())).toList();
  }

  boolean has(Node node) {
    return members.contains(node);
  }

  /** What the members read, whether members compute it or not. */
  Set<ValueId> reads() {
    return reads;
  }

  RowShape shape() {
    return shape;
  }
}
