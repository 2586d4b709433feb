package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import java.util.Optional;

/**
 * How a kernel sees a row: wide values of {@code columns} numbers and, where it sums or spreads
 * within rows, narrow ones with a number for each of {@code groups} equal groups of columns. 0
 * groups: all its values are equally wide.
 */
record RowShape(int columns, int groups) {

  /** The shape that sums and spreads within rows ask for by themselves. */
  static Optional<RowShape> ofDivision(Graph graph, Node node) {
    return switch (node.op()) {
      case Op.SumGroups(int groups) ->
          Optional.of(new RowShape(columns(graph, node.operand(0)), groups));
      case Op.SpreadGroups(int columns) ->
          Optional.of(new RowShape(columns, columns(graph, node.operand(0))));
      case Op.SpreadRow(int groups) when groups > 1 ->
          Optional.of(new RowShape(node.type().columns(), groups));
      case Op.SumRows(int groups) when groups > 1 ->
          Optional.of(new RowShape(columns(graph, node.operand(0)), groups));
      default -> Optional.empty();
    };
  }

  /** The shape of a kernel of nothing but this node and the spreads inlined in it. */
  static RowShape of(Graph graph, Node node, Spreads spreads) {
    Optional<RowShape> shape = ofDivision(graph, node);
    for (ValueId operand : node.operands()) {
      if (shape.isEmpty() && spreads.isInlined(operand)) {
        shape = ofDivision(graph, graph.node(operand));
      }
    }
    boolean sumsRows = node.op() instanceof Op.SumRows;
    return shape.orElseGet(
        () -> new RowShape(sumsRows ? columns(graph, node.operand(0)) : node.type().columns(), 0));
  }

  /** The shape of a kernel that does the work of both; empty if none can. */
  Optional<RowShape> with(RowShape other) {
    if (equals(other) || (other.groups == 0 && holds(other.columns))) {
      return Optional.of(this);
    }
    return groups == 0 && other.holds(columns) ? Optional.of(other) : Optional.empty();
  }

  /** Whether a value has one number for each group. */
  boolean isNarrow(TensorType type) {
    return groups > 0 && type.perToken() && type.columns() == groups;
  }

  private boolean holds(int width) {
    return width == columns || width == groups;
  }

  private static int columns(Graph graph, ValueId id) {
    return graph.node(id).type().columns();
  }
}
