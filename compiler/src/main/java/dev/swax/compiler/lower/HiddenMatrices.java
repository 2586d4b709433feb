package dev.swax.compiler.lower;

import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters of a layer that tokens are multiplied with, and how many matrices stand in each,
 * one below the other: one, one of each head, or one of each expert. Filters of convolutions and
 * weights of recurrences are none.
 */
public final class HiddenMatrices {
  private HiddenMatrices() {}

  /** How many matrices each such parameter is, by its name in the layer. */
  public static Map<String, Integer> of(Graph graph) {
    Map<String, Integer> matrices = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.MatMul(_, _, int blocks) -> put(graph, node.operand(1), blocks, matrices);
        case Op.MatMulAdd _ -> put(graph, node.operand(2), 1, matrices);
        case Op.Experts(ExpertOp.MatMul(_, _, int experts)) ->
            put(graph, node.operand(1), experts, matrices);
        default -> {}
      }
    }
    return matrices;
  }

  private static void put(Graph graph, ValueId id, int count, Map<String, Integer> matrices) {
    if (graph.node(id).op() instanceof Op.Parameter(String name, _)) {
      matrices.put(name, count);
    }
  }
}
