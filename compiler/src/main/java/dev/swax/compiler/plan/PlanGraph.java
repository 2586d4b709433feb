package dev.swax.compiler.plan;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every value of a graph a place. Scratch is reused as soon as the last step that reads a
 * value has run; a product that only adds into another, and a rotation, work in place.
 */
public final class PlanGraph {
  private final Graph graph;
  private final List<Step> steps;
  private final Map<ValueId, Place> places = new LinkedHashMap<>();
  private final Map<ValueId, Integer> lastUse = new LinkedHashMap<>();
  private final Map<ValueId, ValueId> inPlaceOf = new LinkedHashMap<>();
  private final ScratchAllocator scratch = new ScratchAllocator();
  private final Set<String> names;
  private final StepValues values;

  private PlanGraph(Graph graph, List<Step> steps, Set<String> names) {
    this.graph = graph;
    this.steps = steps;
    this.names = names;
    this.values = new StepValues(graph);
  }

  /**
   * @param prefix of kernel names
   * @param names of scratch that are taken; the graph's own are added
   */
  public static GraphPlan plan(Graph graph, String prefix, Set<String> names) {
    return new PlanGraph(graph, Fusion.steps(graph, prefix), names).plan();
  }

  private GraphPlan plan() {
    placeInputs();
    findInPlace();
    placeResults();
    findLastUses();
    for (int i = 0; i < steps.size(); i++) {
      for (ValueId output : values.outputs(steps.get(i))) {
        placeScratch(output, i);
      }
      scratch.release(i);
    }
    return new GraphPlan(graph, steps, places, scratch.widest());
  }

  private void placeInputs() {
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.Input(String name, _) -> places.put(node.id(), input(name, node));
        case Op.Parameter(String name, _) -> places.put(node.id(), new Place.Weight(name));
        case Op.ConstantRow(var values) -> places.put(node.id(), new Place.Fixed(values));
        default -> {}
      }
    }
  }

  private static Place input(String name, Node node) {
    if (name.startsWith(Partition.HELD)) {
      return held(name.substring(Partition.HELD.length()), node);
    }
    if (name.startsWith(Gradient.EXPORT)) {
      return new Place.ExportGradient(name.substring(Gradient.EXPORT.length()));
    }
    if (name.startsWith(Wire.SO_FAR)) {
      return new Place.ReadGradient(name.substring(Wire.SO_FAR.length()));
    }
    return switch (name) {
      case "x" -> new Place.StreamIn();
      case Gradient.OUTPUT -> new Place.GradientIn();
      default -> name.startsWith(Wire.READ) ? read(name) : saved(name, node);
    };
  }

  /** What a program has of the forward pass without keeping it for the block. */
  private static Place held(String name, Node node) {
    return switch (name) {
      case "x" -> new Place.StreamIn();
      case "y" -> new Place.StreamOut();
      case "logits" -> new Place.Logits();
      default -> name.startsWith(Wire.EXPORT) ? export(name, node) : read(name);
    };
  }

  private static Place read(String name) {
    return new Place.Read(name.substring(Wire.READ.length()));
  }

  private static Place export(String name, Node node) {
    return new Place.Export(name.substring(Wire.EXPORT.length()), node.type().columns());
  }

  private static Place saved(String name, Node node) {
    if (!name.startsWith(Partition.SAVED)) {
      throw new IllegalArgumentException("no place for " + name);
    }
    return new Place.Saved(name.substring(Partition.SAVED.length()), node.type().columns());
  }

  /**
   * An operand lives where the result lives, if the op overwrites it and nothing else reads it.
   * Logits that come from the forward pass become their own gradient, and a product adds into the
   * gradient of what another layer computed.
   */
  private void findInPlace() {
    Map<ValueId, Integer> uses = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Op.Part)) {
        node.operands().forEach(o -> uses.merge(o, 1, Integer::sum));
      }
    }
    graph.results().values().forEach(r -> uses.merge(r, 1, Integer::sum));
    for (Node node : graph.nodes()) {
      if (!overwrites(node.op()) || uses.getOrDefault(node.operand(0), 0) != 1) {
        continue;
      }
      Place given = places.get(node.operand(0));
      if (given == null) {
        inPlaceOf.put(node.operand(0), node.id());
      } else if (given instanceof Place.Logits || given instanceof Place.ReadGradient) {
        places.put(node.id(), given);
      }
    }
    requireSumsInPlace();
  }

  /** A product cannot add into a value that is still needed as it was. */
  private void requireSumsInPlace() {
    for (Node node : graph.nodes()) {
      ValueId sum = node.id();
      if (node.op() instanceof Op.MatMulAdd
          && !inPlaceOf.containsKey(node.operand(0))
          && !(places.get(sum) instanceof Place.ReadGradient)) {
        throw new IllegalStateException(node + " adds into a value that is used elsewhere");
      }
    }
  }

  private static boolean overwrites(Op op) {
    return op instanceof Op.MatMulAdd
        || op instanceof Op.Rope
        || op instanceof Op.CrossEntropyGradient;
  }

  private void placeResults() {
    graph
        .results()
        .forEach((name, id) -> {
          if (!places.containsKey(id)) {
            places.put(id, result(name, graph.node(id)));
          }
        });
  }

  private static Place result(String name, Node node) {
    if (name.startsWith(Gradient.PARAMETER)) {
      String parameter = name.substring(Gradient.PARAMETER.length());
      int copy = parameter.indexOf('#');
      return new Place.WeightGradient(copy < 0 ? parameter : parameter.substring(0, copy));
    }
    if (name.startsWith(Partition.SAVED)) {
      return saved(name, node);
    }
    if (name.startsWith(Wire.EXPORT)) {
      return export(name, node);
    }
    if (name.startsWith(Gradient.READ)) {
      return new Place.ReadGradient(name.substring(Gradient.READ.length()));
    }
    return switch (name) {
      case "y" -> new Place.StreamOut();
      case Gradient.INPUT -> new Place.GradientOut();
      case "losses" -> new Place.Losses();
      case "logits" -> new Place.Logits();
      default -> throw new IllegalArgumentException("no place for result " + name);
    };
  }

  private void findLastUses() {
    for (int i = 0; i < steps.size(); i++) {
      for (ValueId read : values.reads(steps.get(i))) {
        lastUse.put(root(read), i);
      }
      for (ValueId output : values.outputs(steps.get(i))) {
        lastUse.merge(root(output), i, Math::max);
      }
    }
  }

  /** The last value of a chain that works in place. */
  private ValueId root(ValueId id) {
    ValueId root = id;
    @Nullable ValueId next = inPlaceOf.get(root);
    while (next != null) {
      root = next;
      next = inPlaceOf.get(root);
    }
    return root;
  }

  private void placeScratch(ValueId id, int step) {
    if (places.containsKey(id)) {
      return;
    }
    ValueId root = root(id);
    Place place = places.get(root);
    if (place == null) {
      int columns = graph.node(root).type().columns();
      int offset = scratch.take(columns, lastUse.getOrDefault(root, step));
      place = new Place.Scratch(freshName(graph.node(root)), offset, columns);
      places.put(root, place);
    }
    places.put(id, place);
  }

  private String freshName(Node node) {
    String base = node.name() == null ? "v" + node.id().index() : node.name();
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }
}
