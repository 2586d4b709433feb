package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * When each node runs: a heavy op one stage after what it reads, light work as soon as it can. Two
 * exceptions let things that read the same rows run as one kernel: light work on nothing but inputs
 * of the graph (what the backward pass computes again) waits for its first user, and a weight
 * gradient that reads such work waits until another kernel reads the same values.
 */
final class Stages {
  private final Graph graph;
  private final int[] stage;
  private final int last;

  Stages(Graph graph) {
    this.graph = graph;
    List<Node> nodes = graph.nodes();
    stage = new int[nodes.size()];
    for (Node node : nodes) {
      int earliest = node.operands().stream().mapToInt(this::at).max().orElse(0);
      stage[node.id().index()] = node.op() instanceof Op.Heavy ? earliest + 1 : earliest;
    }
    nodes.stream().filter(Stages::isWeightGradient).forEach(this::delay);
    sink();
    last = Arrays.stream(stage).max().orElse(0);
  }

  int of(ValueId id) {
    return at(id);
  }

  int last() {
    return last;
  }

  /** Light work of stage 0 moves to just before its first user. */
  private void sink() {
    List<Node> nodes = graph.nodes();
    int[] latest = new int[nodes.size()];
    Arrays.fill(latest, Integer.MAX_VALUE);
    graph.results().values().forEach(r -> latest[r.index()] = at(r));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (isRecomputed(node) && latest[i] != Integer.MAX_VALUE) {
        stage[i] = latest[i];
      }
      int needed = node.op() instanceof Op.Heavy ? stage[i] - 1 : stage[i];
      node.operands().forEach(o -> latest[o.index()] = Math.min(latest[o.index()], needed));
    }
  }

  private void delay(Node gradient) {
    Set<ValueId> recomputed = new LinkedHashSet<>();
    var open = new ArrayList<>(gradient.operands());
    while (!open.isEmpty()) {
      Node node = graph.node(open.removeLast());
      if (isRecomputed(node) && recomputed.add(node.id())) {
        open.addAll(node.operands());
      }
    }
    int shared =
        graph.nodes().stream()
            .filter(n -> n.op() instanceof Op.Light && !isRecomputed(n))
            .filter(n -> n.operands().stream().anyMatch(recomputed::contains))
            .mapToInt(n -> at(n.id()))
            .min()
            .orElse(0);
    int index = gradient.id().index();
    stage[index] = Math.max(stage[index], shared + 1);
  }

  private boolean isRecomputed(Node node) {
    return node.op() instanceof Op.Light && earliest(node) == 0;
  }

  private int earliest(Node node) {
    return node.operands().stream().mapToInt(this::at).max().orElse(0);
  }

  private static boolean isWeightGradient(Node node) {
    return node.op() instanceof Op.MatMul(boolean transposeLeft, _, _) && transposeLeft;
  }

  private int at(ValueId id) {
    return stage[id.index()];
  }
}
