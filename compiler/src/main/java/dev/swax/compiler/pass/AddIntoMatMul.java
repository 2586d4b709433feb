package dev.swax.compiler.pass;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a product add itself to another, instead of writing both and adding them up.
 *
 * <ul>
 *   <li>{@code (a b) + (c d)} becomes {@code matmul_add(a b, c, d)}
 *   <li>{@code matmul_add(…) + (c d)} becomes {@code matmul_add(matmul_add(…), c, d)}
 *   <li>{@code so_far + (c d)} becomes {@code matmul_add(so_far, c, d)}
 * </ul>
 *
 * <p>Only where nothing else uses the two sides.
 */
public final class AddIntoMatMul implements Pass {

  @Override
  public Graph run(Graph graph) {
    Map<ValueId, Integer> uses = uses(graph);
    return Rewriter.rewrite(graph, (node, out) -> fold(node, graph, uses, out));
  }

  private static Optional<ValueId> fold(
      Node node, Graph graph, Map<ValueId, Integer> uses, Graph.Builder out) {
    if (!node.op().equals(new Op.Binary(BinaryFunction.ADD))) {
      return Optional.empty();
    }
    Node old = graph.node(node.id());
    boolean once =
        uses.getOrDefault(old.operand(0), 0) == 1 && uses.getOrDefault(old.operand(1), 0) == 1;
    Node left = out.node(node.operand(0));
    Node right = out.node(node.operand(1));
    if (!once || !canAdd(left) || !canAdd(right)) {
      return Optional.empty();
    }
    if (!(right.op() instanceof Op.MatMul)) {
      Node swap = left;
      left = right;
      right = swap;
    }
    if (right.op() instanceof Op.MatMul(boolean transposeLeft, boolean transposeRight, _)
        && !transposeLeft) {
      return Optional.of(
          out.add(
              new Op.MatMulAdd(transposeRight),
              List.of(left.id(), right.operand(0), right.operand(1)),
              node.name()));
    }
    return Optional.empty();
  }

  private static boolean canAdd(Node node) {
    return switch (node.op()) {
      case Op.MatMul(boolean transposeLeft, _, int blocks) -> !transposeLeft && blocks == 1;
      case Op.MatMulAdd _ -> true;
      case Op.Input(String name, _) -> name.startsWith(Wire.SO_FAR);
      default -> false;
    };
  }

  private static Map<ValueId, Integer> uses(Graph graph) {
    Map<ValueId, Integer> uses = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      node.operands().forEach(o -> uses.merge(o, 1, Integer::sum));
    }
    graph.results().values().forEach(r -> uses.merge(r, 1, Integer::sum));
    return uses;
  }
}
