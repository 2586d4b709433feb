package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders a graph into steps and fuses its light work into row kernels: stage by stage, first the
 * heavy ops, then the kernels.
 */
public final class Fusion {
  private final Graph graph;
  private final Stages stages;
  private final Spreads spreads;

  private Fusion(Graph graph) {
    this.graph = graph;
    this.stages = new Stages(graph);
    this.spreads = new Spreads(graph);
  }

  /** The steps of a graph; kernels are numbered after {@code prefix}. */
  public static List<Step> steps(Graph graph, String prefix) {
    return new Fusion(graph).order(prefix);
  }

  private List<Step> order(String prefix) {
    var steps = new ArrayList<Step>();
    int kernels = 0;
    for (int stage = 0; stage <= stages.last(); stage++) {
      for (Node node : nodes(stage)) {
        if (node.op() instanceof Op.Heavy) {
          steps.add(new Step.Call(node));
        }
      }
      for (Cluster cluster : Clusters.of(graph, spreads, light(stage))) {
        kernels++;
        steps.add(new Step.Fused(kernel(cluster, prefix + kernels)));
      }
    }
    return steps;
  }

  private List<Node> nodes(int stage) {
    return graph.nodes().stream().filter(node -> stages.of(node.id()) == stage).toList();
  }

  private List<Node> light(int stage) {
    return nodes(stage).stream()
        .filter(node -> node.op() instanceof Op.Light && !spreads.isInlined(node.id()))
        .toList();
  }

  private RowKernel kernel(Cluster cluster, String name) {
    RowShape shape = cluster.shape();
    Set<ValueId> narrow = new LinkedHashSet<>();
    for (Node member : cluster.members()) {
      addNarrow(member, shape, narrow);
    }
    return new RowKernel(
        name,
        shape.columns(),
        Math.max(1, shape.groups()),
        cluster.members().stream().map(Node::id).toList(),
        narrow,
        cluster.members().stream()
            .filter(member -> leaves(member, cluster))
            .map(Node::id)
            .toList());
  }

  /** A node and its operands, as far as they have one number a group. */
  private void addNarrow(Node node, RowShape shape, Set<ValueId> narrow) {
    if (shape.isNarrow(node.type())) {
      narrow.add(node.id());
    }
    for (ValueId operand : node.operands()) {
      Node source = graph.node(operand);
      if (shape.isNarrow(source.type())) {
        narrow.add(operand);
      }
      if (source.op() instanceof Op.SpreadGroups && spreads.isInlined(operand)) {
        addNarrow(source, shape, narrow);
      }
    }
  }

  private boolean leaves(Node member, Cluster cluster) {
    return graph.results().containsValue(member.id())
        || spreads.users(member.id()).stream().anyMatch(user -> !cluster.has(user));
  }
}
