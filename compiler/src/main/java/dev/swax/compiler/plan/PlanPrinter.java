package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.GraphPrinter;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints a plan: what each block keeps, and its steps with where their values live. {@code kept}
 * values live until the backward pass, {@code scratch} ones in columns of a buffer that all blocks
 * share.
 */
public final class PlanPrinter {
  private final ModelPlan plan;
  private final StringBuilder out = new StringBuilder();

  private PlanPrinter(ModelPlan plan) {
    this.plan = plan;
  }

  public static String print(ModelPlan plan) {
    var printer = new PlanPrinter(plan);
    for (BlockPlan block : plan.blocks()) {
      printer.block(block);
    }
    return printer.out.toString();
  }

  private void block(BlockPlan block) {
    line(0, "%s%s", block.block().name(), layers(block));
    line(1, "keeps %s floats a token%s", block.savedColumns(), kept(block));
    block
        .block()
        .exports()
        .forEach((name, columns) -> line(1, "lets later layers read %s %s", name, columns));
    if (block.equals(plan.head()) && plan.hasHeadBlocks()) {
      line(1, "takes %s rows of a training step at a time, both methods in turn", plan.headRows());
    }
    method("forward", block.forward(), block.forward().steps());
    if (!block.again().isEmpty()) {
      method("forward again, before backward", block.forward(), block.again());
    }
    method("backward", block.backward(), block.backward().steps());
    out.append('\n');
  }

  private String layers(BlockPlan block) {
    int kind = plan.kinds().indexOf(block);
    if (kind < 0) {
      return "";
    }
    List<Integer> order = plan.model().order();
    List<String> layers =
        IntStream.range(0, order.size())
            .filter(layer -> order.get(layer) == kind)
            .mapToObj(Integer::toString)
            .toList();
    return (layers.size() == 1 ? ", layer " : ", layers ") + String.join(", ", layers);
  }

  private static String kept(BlockPlan block) {
    Set<String> names = new LinkedHashSet<>();
    for (Place place : block.forward().places().values()) {
      if (place instanceof Place.Saved(String name, int columns)) {
        names.add(name + " " + columns);
      }
    }
    return names.isEmpty() ? "" : ": " + String.join(", ", names);
  }

  private void method(String name, GraphPlan method, List<Step> steps) {
    line(1, "%s, %s floats a token of scratch", name, method.scratchColumns());
    var values = new StepValues(method.graph());
    for (Step step : steps) {
      switch (step) {
        case Step.Call(Node node) -> line(2, "%s", GraphPrinter.line(node));
        case Step.Fused(RowKernel kernel) -> kernel(method.graph(), kernel);
      }
      places("reads ", method, values.reads(step));
      places("writes", method, values.outputs(step));
    }
  }

  private void kernel(Graph graph, RowKernel kernel) {
    String groups = kernel.groups() == 1 ? "" : " in %s groups".formatted(kernel.groups());
    line(2, "kernel %s over %s columns%s", kernel.name(), kernel.columns(), groups);
    for (ValueId id : withSpreads(graph, kernel)) {
      line(3, "%s", GraphPrinter.line(graph.node(id)));
    }
  }

  /** The members and the spreads that are read where they are used, in the order of the graph. */
  private static Collection<ValueId> withSpreads(Graph graph, RowKernel kernel) {
    Set<Integer> nodes = new TreeSet<>();
    for (ValueId member : kernel.members()) {
      nodes.add(member.index());
      for (ValueId operand : graph.node(member).operands()) {
        if (graph.node(operand).op() instanceof Op.Spread) {
          nodes.add(operand.index());
        }
      }
    }
    return nodes.stream().map(ValueId::new).toList();
  }

  private void places(String verb, GraphPlan method, List<ValueId> values) {
    String places =
        new LinkedHashSet<>(values)
            .stream()
                .filter(id -> method.places().containsKey(id))
                .map(id -> name(method.graph().node(id)) + " " + place(method.place(id)))
                .collect(Collectors.joining(", "));
    if (!places.isEmpty()) {
      line(4, "%s %s", verb, places);
    }
  }

  private static String name(Node node) {
    return node.name() == null ? node.id().toString() : node.name();
  }

  private static String place(Place place) {
    return switch (place) {
      case Place.Scratch(_, int offset, int columns) ->
          "(scratch %s..%s)".formatted(offset, offset + columns);
      case Place.Saved(String name, _) -> "(kept as %s)".formatted(name);
      case Place.StreamIn _ -> "(stream before)";
      case Place.StreamOut _ -> "(stream after)";
      case Place.GradientIn _ -> "(gradient after)";
      case Place.GradientOut _ -> "(gradient before)";
      case Place.Export(String name, _) -> "(kept for later layers as %s)".formatted(name);
      case Place.ExportGradient _ -> "(gradient from later layers)";
      case Place.Read(String name) -> "(from another layer as %s)".formatted(name);
      case Place.ReadGradient _ -> "(added to the gradient for another layer)";
      case Place.Weight _ -> "(weight)";
      case Place.WeightGradient(String parameter) -> "(added to the gradient of " + parameter + ")";
      case Place.Fixed _ -> "(constants)";
      case Place.Losses _ -> "(losses)";
      case Place.Logits _ -> "(logits)";
    };
  }

  private void line(int depth, String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    out.append(("  ".repeat(depth) + text).stripTrailing()).append('\n');
  }
}
