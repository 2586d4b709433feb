package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Orders a graph into steps and fuses its light work into row kernels.
 *
 * <p>Within a stage, a light node joins the kernel of an operand, or one that reads the same
 * values, as long as the kernel has the same columns and groups and nothing that the node needs
 * comes later.
 */
public final class Fusion {
  private final Graph graph;
  private final Stages stages;
  private final Set<ValueId> narrow;
  private final Map<ValueId, Cluster> clusterOf = new LinkedHashMap<>();
  private final Map<ValueId, List<Node>> users = new LinkedHashMap<>();

  private Fusion(Graph graph) {
    this.graph = graph;
    this.stages = new Stages(graph);
    this.narrow = Narrow.find(graph);
    for (Node node : graph.nodes()) {
      for (ValueId operand : node.operands()) {
        users.computeIfAbsent(operand, _ -> new ArrayList<>()).add(node);
      }
    }
  }

  /** The steps of a graph; kernels are numbered after {@code prefix}. */
  public static List<Step> steps(Graph graph, String prefix) {
    return new Fusion(graph).order(prefix);
  }

  private List<Step> order(String prefix) {
    var steps = new ArrayList<Step>();
    int kernels = 0;
    for (int stage = 0; stage <= stages.last(); stage++) {
      for (Node node : graph.nodes()) {
        if (Lightness.isHeavy(node.op()) && stages.of(node.id()) == stage) {
          steps.add(new Step.Call(node));
        }
      }
      for (Cluster cluster : clusters(stage)) {
        kernels++;
        steps.add(new Step.Fused(kernel(cluster, prefix + kernels)));
      }
    }
    return steps;
  }

  private List<Cluster> clusters(int stage) {
    var clusters = new ArrayList<Cluster>();
    for (Node node : graph.nodes()) {
      boolean member = Lightness.isLight(node.op()) && !isInlined(node);
      if (member && stages.of(node.id()) == stage && !isConstant(node)) {
        join(node, clusters);
      }
    }
    merge(clusters);
    return clusters;
  }

  /** A kernel that reads what an earlier one wrote joins it, if no third must run between them. */
  private void merge(List<Cluster> clusters) {
    for (int later = 1; later < clusters.size(); later++) {
      for (int earlier = later - 1; earlier >= 0; earlier--) {
        if (clusters.get(earlier).takes(clusters.get(later))
            && !between(clusters, earlier, later)) {
          Cluster merged = clusters.get(earlier);
          clusters.remove(later).members.forEach(merged::add);
          merged.members.forEach(m -> clusterOf.put(m.id(), merged));
          later--;
          break;
        }
      }
    }
  }

  private boolean between(List<Cluster> clusters, int earlier, int later) {
    for (int i = earlier + 1; i < later; i++) {
      Cluster middle = clusters.get(i);
      if (middle.readsFrom(clusters.get(earlier)) && clusters.get(later).readsFrom(middle)) {
        return true;
      }
    }
    return false;
  }

  /** Spreads are read where they are used, unless something other than light work reads them. */
  private boolean isInlined(Node node) {
    return Lightness.isSpread(node.op())
        && users.getOrDefault(node.id(), List.of()).stream()
            .allMatch(u -> Lightness.isLight(u.op()))
        && !graph.results().containsValue(node.id());
  }

  private static boolean isConstant(Node node) {
    return node.type().isScalar() && !(node.op() instanceof Op.SumRows);
  }

  private void join(Node node, List<Cluster> clusters) {
    int earliest = 0;
    for (ValueId operand : reads(node)) {
      Cluster cluster = clusterOf.get(operand);
      if (cluster != null && clusters.contains(cluster)) {
        earliest = Math.max(earliest, clusters.indexOf(cluster));
      }
    }
    Cluster chosen = null;
    for (int i = clusters.size() - 1; i >= earliest && chosen == null; i--) {
      if (clusters.get(i).takes(node)) {
        chosen = clusters.get(i);
      }
    }
    if (chosen == null) {
      chosen = new Cluster();
      clusters.add(chosen);
    }
    chosen.add(node);
    clusterOf.put(node.id(), chosen);
  }

  /** Operands, with what stands behind an inlined spread in its place. */
  private List<ValueId> reads(Node node) {
    var reads = new ArrayList<ValueId>();
    for (ValueId operand : node.operands()) {
      Node source = graph.node(operand);
      if (isInlined(source)) {
        reads.add(source.operand(0));
      } else {
        reads.add(operand);
      }
    }
    return reads;
  }

  private RowKernel kernel(Cluster cluster, String name) {
    boolean onlyNarrow = cluster.columns == 0;
    Set<ValueId> narrowHere = onlyNarrow ? new LinkedHashSet<>() : narrow;
    List<ValueId> members = cluster.members.stream().map(Node::id).toList();
    List<ValueId> outputs = members.stream().filter(m -> leaves(m, cluster)).toList();
    int columns = onlyNarrow ? cluster.groups : cluster.columns;
    int groups = onlyNarrow ? 1 : Math.max(1, cluster.groups);
    return new RowKernel(name, columns, groups, members, narrowHere, outputs);
  }

  private boolean leaves(ValueId id, Cluster cluster) {
    if (graph.results().containsValue(id)) {
      return true;
    }
    return users.getOrDefault(id, List.of()).stream()
        .flatMap(u -> isInlined(u) ? users.getOrDefault(u.id(), List.of()).stream() : Stream.of(u))
        .anyMatch(u -> clusterOf.get(u.id()) != cluster);
  }

  /** A kernel in the making. Zero columns or groups: not decided yet. */
  private final class Cluster {
    private final Set<Node> members = new LinkedHashSet<>();
    private final Set<ValueId> reads = new LinkedHashSet<>();
    private int columns;
    private int groups;

    boolean takes(Node node) {
      int wantedColumns = columnsOf(node);
      int wantedGroups = groupsOf(node);
      boolean fits =
          (wantedColumns == 0 || columns == 0 || columns == wantedColumns)
              && (wantedGroups == 0 || groups == 0 || groups == wantedGroups);
      return fits && reads(node).stream().anyMatch(this::knows);
    }

    boolean takes(Cluster other) {
      boolean sameColumns = columns == 0 || other.columns == 0 || columns == other.columns;
      boolean sameGroups = groups == 0 || other.groups == 0 || groups == other.groups;
      return sameColumns && sameGroups && other.readsFrom(this);
    }

    boolean readsFrom(Cluster other) {
      return reads.stream().anyMatch(r -> clusterOf.get(r) == other);
    }

    private boolean knows(ValueId id) {
      boolean member = clusterOf.get(id) == this;
      return member || (reads.contains(id) && graph.node(id).type().perToken());
    }

    void add(Node node) {
      members.add(node);
      reads.addAll(reads(node));
      columns = Math.max(columns, columnsOf(node));
      groups = Math.max(groups, groupsOf(node));
    }

    /** Columns of the wide values that a node touches, or 0 for a narrow one. */
    private int columnsOf(Node node) {
      return switch (node.op()) {
        case Op.SumGroups _ -> graph.node(node.operand(0)).type().columns();
        default -> narrow.contains(node.id()) || isNarrowSum(node) ? 0 : node.type().columns();
      };
    }

    private boolean isNarrowSum(Node node) {
      return node.op() instanceof Op.SumRows && narrow.contains(node.operand(0));
    }

    private int groupsOf(Node node) {
      if (node.op() instanceof Op.SumGroups(int sums)) {
        return sums;
      }
      if (narrow.contains(node.id()) || isNarrowSum(node)) {
        return node.type().columns();
      }
      int wanted = 0;
      for (ValueId operand : node.operands()) {
        Node source = graph.node(operand);
        if (source.op() instanceof Op.SpreadGroups) {
          wanted = Math.max(wanted, graph.node(source.operand(0)).type().columns());
        }
      }
      return wanted;
    }
  }
}
