package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.List;

/** What the steps of a graph read from memory and write to it. */
final class StepValues {
  private final Graph graph;

  StepValues(Graph graph) {
    this.graph = graph;
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

  /** Values that a step reads from memory. */
  List<ValueId> reads(Step step) {
    return switch (step) {
      case Step.Call(Node node) -> node.operands();
      case Step.Fused(RowKernel kernel) -> {
        var reads = new ArrayList<ValueId>();
        for (ValueId member : kernel.members()) {
          for (ValueId operand : graph.node(member).operands()) {
            Node source = graph.node(operand);
            reads.addAll(Lightness.isSpread(source.op()) ? source.operands() : List.of(operand));
          }
        }
        yield reads;
      }
    };
  }
}
