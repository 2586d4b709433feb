package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.List;

/** What the steps of a graph read and write. */
final class StepValues {
  private final Graph graph;
  private final Spreads spreads;

  StepValues(Graph graph) {
    this.graph = graph;
    this.spreads = new Spreads(graph);
  }

  /** Values that a step writes, parts included. */
  List<ValueId> outputs(Step step) {
    return switch (step) {
      case Step.Fused(RowKernel kernel) -> kernel.outputs();
      case Step.Call(Node node) -> {
        var outputs = new ArrayList<ValueId>();
        outputs.add(node.id());
        graph.nodes().stream()
            .filter(n -> n.op() instanceof Op.Part && n.operand(0).equals(node.id()))
            .forEach(n -> outputs.add(n.id()));
        yield outputs;
      }
    };
  }

  /** Values that a step reads; of a kernel also those that it has written itself. */
  List<ValueId> reads(Step step) {
    return switch (step) {
      case Step.Call(Node node) -> node.operands();
      case Step.Fused(RowKernel kernel) ->
          kernel.members().stream()
              .flatMap(member -> spreads.reads(graph.node(member)).stream())
              .toList();
    };
  }
}
