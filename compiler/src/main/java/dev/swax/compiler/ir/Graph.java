package dev.swax.compiler.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A flat list of nodes, each after its operands, and the values that leave the graph by name. */
public final class Graph {
  private final List<Node> nodes;
  private final SequencedMap<String, ValueId> results;

  private Graph(List<Node> nodes, SequencedMap<String, ValueId> results) {
    this.nodes = List.copyOf(nodes);
    this.results = results;
  }

  public List<Node> nodes() {
    return nodes;
  }

  public Node node(ValueId id) {
    return nodes.get(id.index());
  }

  /** What leaves the graph, in the order in which it was named. */
  public SequencedMap<String, ValueId> results() {
    return new LinkedHashMap<>(results);
  }

  public ValueId result(String name) {
    ValueId id = results.get(name);
    if (id == null) {
      throw new IllegalArgumentException("no result " + name + " in " + results.keySet());
    }
    return id;
  }

  /** One node a line, then the results: what `swax dump` and the goldens print. */
  @Override
  public String toString() {
    return GraphPrinter.print(this);
  }

  /** Builds a graph node by node; types follow from {@link TypeRules}. */
  public static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<ValueId, List<TensorType>> parts = new LinkedHashMap<>();
    private final SequencedMap<String, ValueId> results = new LinkedHashMap<>();
    private @Nullable Origin origin;

    /** Starts from the nodes and results of another graph; ids stay what they are. */
    public Builder continueFrom(Graph graph) {
      if (!nodes.isEmpty()) {
        throw new IllegalStateException("already has nodes");
      }
      for (Node node : graph.nodes()) {
        append(node.op(), node.operands(), node.type(), node.name(), node.origin());
        remember(node);
      }
      results.putAll(graph.results());
      return this;
    }

    /** Where nodes added from now on come from. */
    public Builder at(@Nullable Origin place) {
      origin = place;
      return this;
    }

    public @Nullable Origin origin() {
      return origin;
    }

    public ValueId add(Op op, ValueId... operands) {
      return add(op, List.of(operands), null);
    }

    /** Adds a node under a name that generated code and dumps show. */
    public ValueId named(String name, Op op, ValueId... operands) {
      return add(op, List.of(operands), name);
    }

    public ValueId add(Op op, List<ValueId> operands, @Nullable String name) {
      if (op instanceof Op.Part(int index)) {
        TensorType type = partTypes(operands.getFirst()).get(index);
        return append(op, operands, type, name, origin);
      }
      List<TensorType> types =
          TypeRules.results(op, operands.stream().map(o -> node(o).type()).toList());
      ValueId id = append(op, operands, types.getFirst(), name, origin);
      parts.put(id, types);
      return id;
    }

    /** Names a value that has no name yet. */
    public void nameIfUnnamed(ValueId id, String name) {
      Node node = node(id);
      if (node.name() == null) {
        nodes.set(
            id.index(), new Node(id, node.op(), node.operands(), node.type(), name, node.origin()));
      }
    }

    public Node node(ValueId id) {
      return nodes.get(id.index());
    }

    public TensorType type(ValueId id) {
      return node(id).type();
    }

    /** The results named so far. */
    public SequencedMap<String, ValueId> results() {
      return new LinkedHashMap<>(results);
    }

    public void result(String name, ValueId id) {
      results.put(name, id);
    }

    public Graph build() {
      return new Graph(nodes, new LinkedHashMap<>(results));
    }

    private List<TensorType> partTypes(ValueId source) {
      List<TensorType> types = parts.get(source);
      if (types == null) {
        throw new IllegalArgumentException("no parts of " + source);
      }
      return types;
    }

    private void remember(Node node) {
      if (!(node.op() instanceof Op.Part)) {
        parts.put(
            node.id(),
            TypeRules.results(
                node.op(), node.operands().stream().map(o -> node(o).type()).toList()));
      }
    }

    private ValueId append(
        Op op,
        List<ValueId> operands,
        TensorType type,
        @Nullable String name,
        @Nullable Origin place) {
      var id = new ValueId(nodes.size());
      for (ValueId operand : operands) {
        if (operand.index() >= id.index()) {
          throw new IllegalArgumentException(operand + " is not defined before " + id);
        }
      }
      nodes.add(new Node(id, op, operands, type, name, place));
      return id;
    }
  }
}
