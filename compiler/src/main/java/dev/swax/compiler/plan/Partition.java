package dev.swax.compiler.plan;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Renaming;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.pass.DropUnused;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cuts a differentiated block in two graphs and decides what the forward pass keeps for the
 * backward pass.
 *
 * <p>Kept: the block's input, what heavy ops computed, and sums within rows (a few numbers a
 * token). Everything elementwise, what heads share and copies for experts are computed again in the
 * backward pass, inside kernels that read the kept values anyway: that costs arithmetic which is
 * free beside the memory traffic it saves.
 *
 * @param forward the block's own results, then `saved:name` for what is kept
 * @param backward inputs `dy` and other gradients, `saved:name`, and `held:x`, `held:y`,
 *     `held:logits`, `held:read:name` or `held:export:name` for what the program holds anyway;
 *     results `dx`, `dread:name` and `d:parameter`
 */
public record Partition(Graph forward, Graph backward) {
  /** Prefix of the names of values that are kept for the backward pass. */
  public static final String SAVED = "saved:";

  /** Prefix of a block's input and results, where the backward pass reads them. */
  public static final String HELD = "held:";

  /**
   * @param graph a block with its gradients, rewritten by the passes
   */
  public static Partition of(Graph graph) {
    Set<String> results = new LinkedHashSet<>(graph.results().keySet());
    results.removeIf(Gradient::isGradient);
    results.remove(Wire.EXPORT + LoweredModel.EMBEDDING); // read from the stream, where it is
    Set<ValueId> keepable = keepable(graph, reachable(graph, results));
    var backward = new Graph.Builder();
    SequencedMap<ValueId, String> kept = new LinkedHashMap<>();
    var moved = new Renaming();
    for (Node node : nodesOfBackward(graph, keepable)) {
      backward.at(node.origin());
      if (keepable.contains(node.id())) {
        String name = nameOf(graph, node, results, kept);
        kept.put(node.id(), name);
        String label = node.name() == null ? name.substring(name.indexOf(':') + 1) : node.name();
        moved.put(node.id(), backward.named(label, new Op.Input(name, node.type())));
      } else {
        moved.put(node.id(), backward.add(node.op(), moved.of(node.operands()), node.name()));
      }
    }
    graph
        .results()
        .forEach((name, id) -> {
          if (Gradient.isGradient(name)) {
            backward.result(name, ownNode(backward, moved.of(id)));
          }
        });
    return assemble(graph, results, kept, backward.build());
  }

  private static Partition assemble(
      Graph graph, Set<String> results, SequencedMap<ValueId, String> kept, Graph backward) {
    var forward = new Graph.Builder();
    var moved = new Renaming();
    for (Node node : graph.nodes()) {
      if (node.operands().stream().allMatch(moved::has)
          && !(node.op() instanceof Op.Input(String name, _) && Gradient.isIncoming(name))) {
        forward.at(node.origin());
        moved.put(node.id(), forward.add(node.op(), moved.of(node.operands()), node.name()));
      }
    }
    results.forEach(name -> forward.result(name, ownNode(forward, moved.of(graph.result(name)))));
    kept.forEach((id, name) -> {
      if (name.startsWith(SAVED)) {
        forward.result(name, moved.of(id));
      }
    });
    return new Partition(new DropUnused().run(forward.build()), new DropUnused().run(backward));
  }

  /** What the gradients need, stopping at kept values, in graph order. */
  private static List<Node> nodesOfBackward(Graph graph, Set<ValueId> keepable) {
    Set<ValueId> needed = new LinkedHashSet<>();
    var open = new ArrayDeque<ValueId>();
    graph
        .results()
        .forEach((name, id) -> {
          if (Gradient.isGradient(name)) {
            open.add(id);
          }
        });
    while (!open.isEmpty()) {
      ValueId id = open.remove();
      if (needed.add(id) && !keepable.contains(id)) {
        open.addAll(graph.node(id).operands());
      }
    }
    return graph.nodes().stream().filter(n -> needed.contains(n.id())).toList();
  }

  /** What the backward pass reads where it needs it, instead of computing it again. */
  private static Set<ValueId> keepable(Graph graph, Set<ValueId> forward) {
    Set<ValueId> narrow = narrow(graph);
    return graph.nodes().stream()
        .filter(node -> isKept(node, forward, narrow))
        .map(Node::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isKept(Node node, Set<ValueId> forward, Set<ValueId> narrow) {
    if (node.op() instanceof Op.Part) {
      return forward.contains(node.operand(0));
    }
    if (!forward.contains(node.id())) {
      return false;
    }
    return switch (node.op()) {
      case Op.Parameter _, Op.Constant _, Op.ConstantRow _ -> false;
      case Op.Input _ -> true;
      default ->
          (node.op() instanceof Op.Heavy && !copies(node.op())) || narrow.contains(node.id());
    };
  }

  /** Heavy ops whose result is larger than what they read, and cheaply made again. */
  static boolean copies(Op op) {
    return switch (op) {
      case Op.Repeat _, Op.Experts(ExpertOp.Dispatch _), Op.Experts(ExpertOp.Rows _) -> true;
      default -> false;
    };
  }

  /** Few numbers a row that were summed from many, and what is made of them number by number. */
  private static Set<ValueId> narrow(Graph graph) {
    Set<ValueId> narrow = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      boolean elementwise = node.op() instanceof Op.Unary || node.op() instanceof Op.Binary;
      if (node.op() instanceof Op.SumGroups
          || (elementwise
              && node.operands().stream()
                  .anyMatch(o -> narrow.contains(o) && graph.node(o).type().equals(node.type())))) {
        narrow.add(node.id());
      }
    }
    return narrow;
  }

  private static Set<ValueId> reachable(Graph graph, Set<String> results) {
    Set<ValueId> reached = new LinkedHashSet<>();
    var open = new ArrayDeque<ValueId>();
    results.forEach(name -> open.add(graph.result(name)));
    while (!open.isEmpty()) {
      ValueId id = open.remove();
      if (reached.add(id)) {
        open.addAll(graph.node(id).operands());
      }
    }
    return reached;
  }

  /**
   * A node for one result alone, since each result has its own place: a second one for the gradient
   * that two parameters share, a copy of an input that leaves as it came.
   */
  private static ValueId ownNode(Graph.Builder graph, ValueId id) {
    Node node = graph.node(id);
    if (node.op() instanceof Op.Input) {
      return graph.add(new Op.Binary(BinaryFunction.MULTIPLY), id, graph.add(new Op.Constant(1)));
    }
    return graph.results().containsValue(id)
        ? graph.add(node.op(), node.operands(), node.name())
        : id;
  }

  /** Under what name the backward pass reads a value of the forward pass. */
  private static String nameOf(
      Graph graph, Node node, Set<String> results, Map<ValueId, String> taken) {
    if (node.op() instanceof Op.Input(String input, _)) {
      return HELD + input;
    }
    for (String result : results) {
      if (graph.result(result).equals(node.id())) {
        return HELD + result;
      }
    }
    String base = SAVED + (node.name() == null ? "v" + node.id().index() : node.name());
    String name = base;
    for (int i = 2; taken.containsValue(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }
}
