package dev.swax.compiler.dump;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.plan.Place;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each method of a plan, one line a step:
 *
 * <pre>
 * method local_backward, scratch 1024 floats a token
 *   call q = matmul(scratch mixed 0..255, weight q) -> saved q
 *   kernel local_forward_1 [T, 256]: %3 %4 %5 -> saved r
 * </pre>
 */
final class PlanText {
  private final GraphPlan plan;

  private PlanText(GraphPlan plan) {
    this.plan = plan;
  }

  static String of(ModelPlan plan) {
    var text = new StringBuilder();
    for (BlockPlan block : plan.blocks()) {
      method(text, block.block().name() + "_forward", block.forward());
      text.append('\n');
      method(text, block.block().name() + "_backward", block.backward());
      text.append(block.equals(plan.head()) ? "" : "\n");
    }
    return text.toString();
  }

  private static void method(StringBuilder text, String name, GraphPlan plan) {
    text.append("method %s, scratch %d floats a token\n".formatted(name, plan.scratchColumns()));
    var printer = new PlanText(plan);
    for (Step step : plan.steps()) {
      text.append("  ").append(printer.step(step)).append('\n');
    }
  }

  private String step(Step step) {
    return switch (step) {
      case Step.Call(Node node) -> call(node);
      case Step.Fused(RowKernel kernel) ->
          "kernel %s [T, %d]: %s -> %s"
              .formatted(
                  kernel.name(),
                  kernel.columns(),
                  kernel.members().stream().map(Object::toString).collect(Collectors.joining(" ")),
                  places(kernel.outputs()));
    };
  }

  private String call(Node node) {
    return "call %s = %s(%s) -> %s"
        .formatted(node.id(), node.op(), places(node.operands()), places(results(node)));
  }

  /** The value, or its parts where it has several. */
  private List<ValueId> results(Node node) {
    var results = new ArrayList<ValueId>();
    plan.graph().nodes().stream()
        .filter(n -> n.op() instanceof Op.Part && n.operand(0).equals(node.id()))
        .forEach(n -> results.add(n.id()));
    return results.isEmpty() ? List.of(node.id()) : results;
  }

  private String places(List<ValueId> ids) {
    return ids.stream().map(this::place).collect(Collectors.joining(", "));
  }

  private String place(ValueId id) {
    Place place = plan.places().get(id);
    return switch (place) {
      case null -> id.toString();
      case Place.Scratch(String name, int offset, int columns) ->
          "scratch %s %d..%d".formatted(name, offset, offset + columns - 1);
      case Place.Saved(String name, _) -> "saved " + name;
      case Place.StreamIn() -> "stream";
      case Place.StreamOut() -> "next stream";
      case Place.GradientIn() -> "dy";
      case Place.GradientOut() -> "dx";
      case Place.Weight(String parameter) -> "weight " + parameter;
      case Place.WeightGradient(String parameter) -> "gradient of " + parameter;
      case Place.Fixed(List<Double> values) -> "row of " + values.size() + " constants";
      case Place.Losses() -> "losses";
      case Place.Logits() -> "logits";
    };
  }
}
