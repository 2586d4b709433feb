package dev.swax.compiler.plan;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of work within a row of a kernel: level by level, first the narrow values, then one
 * loop over the columns. A sum over columns of level n is known from level n + 1 on.
 */
public final class RowLevels {
  private final Graph graph;
  private final RowKernel kernel;
  private final Set<ValueId> members;
  private final Map<ValueId, Integer> levels = new LinkedHashMap<>();

  public RowLevels(Graph graph, RowKernel kernel) {
    this.graph = graph;
    this.kernel = kernel;
    this.members = new LinkedHashSet<>(kernel.members());
    kernel.members().forEach(this::level);
  }

  public boolean isMember(ValueId id) {
    return members.contains(id);
  }

  public boolean isNarrow(ValueId id) {
    return kernel.narrow().contains(id);
  }

  /** The last level at which anything is known. */
  public int last() {
    return levels.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Narrow members that become known before the loop of a level, sums excepted. */
  public List<Node> narrow(int level) {
    return nodes().stream()
        .filter(n -> isNarrow(n.id()) && !(n.op() instanceof Op.SumGroups))
        .filter(n -> level(n.id()) == level)
        .toList();
  }

  /** Sums over the columns that the loop of a level takes. */
  public List<Node> sums(int level) {
    return nodes().stream()
        .filter(n -> n.op() instanceof Op.SumGroups && level(n.id()) == level + 1)
        .toList();
  }

  /** Sums over the rows of wide values that the loop of a level takes. */
  public List<Node> columnSums(int level) {
    return rowSums().stream()
        .filter(n -> !isNarrow(n.operand(0)) && level(n.operand(0)) == level)
        .toList();
  }

  /** Sums over the rows of narrow values known at a level. */
  public List<Node> narrowColumnSums(int level) {
    return rowSums().stream()
        .filter(n -> isNarrow(n.operand(0)) && level(n.operand(0)) == level)
        .toList();
  }

  /** Wide outputs that the loop of a level writes. */
  public List<Node> wideOutputs(int level) {
    return kernel.outputs().stream()
        .map(graph::node)
        .filter(n -> !isNarrow(n.id()) && !(n.op() instanceof Op.SumRows))
        .filter(n -> level(n.id()) == level)
        .toList();
  }

  /** All sums over the rows, in order: each has its own place for partial sums. */
  public List<Node> rowSums() {
    return nodes().stream().filter(n -> n.op() instanceof Op.SumRows).toList();
  }

  /** The first level at which a value is known; 0 for what comes from memory. */
  public int level(ValueId id) {
    Integer known = levels.get(id);
    if (known != null) {
      return known;
    }
    Node node = graph.node(id);
    int level = 0;
    if (isMember(id) || Lightness.isSpread(node.op())) {
      level = node.operands().stream().mapToInt(this::level).max().orElse(0);
      if (node.op() instanceof Op.SumGroups) {
        level++;
      }
    }
    levels.put(id, level);
    return level;
  }

  private List<Node> nodes() {
    return kernel.members().stream().map(graph::node).toList();
  }
}
