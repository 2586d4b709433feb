package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Divides light work that runs one after the other into clusters, each to become a kernel.
 *
 * <p>A node joins a cluster that computes one of its operands, or reads one of the values that it
 * reads; then a cluster joins one that it reads from. Both only where the two see rows the same
 * way, and where no third cluster would have to run between them.
 */
final class Clusters {
  /**
   * More nodes than this are not one kernel: HotSpot never compiles a method of more than 8,000
   * bytes, and Java has none of more than 65,535.
   */
  private static final int MOST_MEMBERS = 50;

  private final Graph graph;
  private final Spreads spreads;
  private final List<Cluster> clusters = new ArrayList<>();
  private final Map<ValueId, Cluster> clusterOf = new LinkedHashMap<>();

  private Clusters(Graph graph, Spreads spreads) {
    this.graph = graph;
    this.spreads = spreads;
  }

  /** The clusters of {@code nodes}, which are in the order of the graph, in an order to run in. */
  static List<Cluster> of(Graph graph, Spreads spreads, List<Node> nodes) {
    var clusters = new Clusters(graph, spreads);
    nodes.forEach(clusters::join);
    clusters.merge();
    return clusters.inOrder();
  }

  private void join(Node node) {
    List<ValueId> reads = spreads.reads(node);
    RowShape own = RowShape.of(graph, node, spreads);
    for (Cluster cluster : clusters.reversed()) {
      Optional<RowShape> shape = cluster.shape().with(own);
      boolean full = cluster.members().size() >= MOST_MEMBERS;
      if (!full && shape.isPresent() && shares(cluster, reads) && !waits(cluster, reads)) {
        add(node, reads, cluster, shape.get());
        return;
      }
    }
    var cluster = new Cluster(own);
    clusters.add(cluster);
    add(node, reads, cluster, own);
  }

  private void add(Node node, List<ValueId> reads, Cluster cluster, RowShape shape) {
    cluster.add(node, reads, shape);
    clusterOf.put(node.id(), cluster);
  }

  private boolean shares(Cluster cluster, List<ValueId> reads) {
    return reads.stream()
        .anyMatch(read ->
            clusterOf.get(read) == cluster
                || (cluster.reads().contains(read) && graph.node(read).type().perToken()));
  }

  /** Whether another cluster must run after {@code cluster} before all of {@code reads} exist. */
  private boolean waits(Cluster cluster, List<ValueId> reads) {
    return reads.stream()
        .map(clusterOf::get)
        .anyMatch(source -> source != null && source != cluster && follows(source, cluster));
  }

  /** Whether {@code later} needs, through any number of others, what {@code earlier} computes. */
  private boolean follows(Cluster later, Cluster earlier) {
    Set<Cluster> needed = new LinkedHashSet<>();
    var open = new ArrayList<>(List.of(later));
    while (!open.isEmpty()) {
      for (Cluster source : sources(open.removeLast())) {
        if (needed.add(source)) {
          open.add(source);
        }
      }
    }
    return needed.contains(earlier);
  }

  /** The other clusters that a cluster reads from. */
  private Set<Cluster> sources(Cluster cluster) {
    Set<Cluster> sources = new LinkedHashSet<>();
    for (ValueId read : cluster.reads()) {
      @Nullable Cluster source = clusterOf.get(read);
      if (source != null && source != cluster) {
        sources.add(source);
      }
    }
    return sources;
  }

  private void merge() {
    for (int later = 1; later < clusters.size(); later++) {
      for (int earlier = later - 1; earlier >= 0; earlier--) {
        if (merged(clusters.get(earlier), clusters.get(later))) {
          later--;
          break;
        }
      }
    }
  }

  private boolean merged(Cluster into, Cluster cluster) {
    Optional<RowShape> shape = into.shape().with(cluster.shape());
    Set<Cluster> sources = sources(cluster);
    boolean reads = sources.contains(into);
    if (into.members().size() + cluster.members().size() > MOST_MEMBERS) {
      return false;
    }
    if (shape.isEmpty() || !reads || sources.stream().anyMatch(s -> follows(s, into))) {
      return false;
    }
    into.add(cluster, shape.get());
    cluster.members().forEach(member -> clusterOf.put(member.id(), into));
    clusters.remove(cluster);
    return true;
  }

  /** Each after those that it reads from; otherwise as they came to be. */
  private List<Cluster> inOrder() {
    var waiting = new ArrayList<>(clusters);
    Set<Cluster> ordered = new LinkedHashSet<>();
    while (!waiting.isEmpty()) {
      Cluster next =
          waiting.stream()
              .filter(cluster -> ordered.containsAll(sources(cluster)))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("clusters wait for each other"));
      waiting.remove(next);
      ordered.add(next);
    }
    return List.copyOf(ordered);
  }
}
