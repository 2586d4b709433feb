package dev.swax.compiler.lower;

import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which parameters of a graph belong to experts, and how many of these a token goes to. */
final class ExpertParameters {
  private ExpertParameters() {}

  /** Parameters of experts by name. */
  static Map<String, ChoiceShape> of(Graph graph) {
    Map<String, ChoiceShape> choices = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.Experts(ExpertOp.MatMul _) -> put(graph, node.operand(1), node.operand(2), choices);
        case Op.Experts(ExpertOp.Rows _) -> put(graph, node.operand(0), node.operand(1), choices);
        default -> {}
      }
    }
    return choices;
  }

  private static void put(
      Graph graph, ValueId parameter, ValueId owners, Map<String, ChoiceShape> choices) {
    Node source = graph.node(graph.node(owners).operand(0));
    if (graph.node(parameter).op() instanceof Op.Parameter(String name, _)
        && source.op() instanceof Op.Experts(ExpertOp.Choose(var choice))) {
      choices.put(name, choice);
    }
  }
}
