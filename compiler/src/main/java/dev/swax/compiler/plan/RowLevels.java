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
import java.util.stream.IntStream;

/**
 * The order of work within a row of a kernel: level by level, first the narrow values, then whole
 * rows of transcendental functions, then one loop over the columns. A sum over columns of level n
 * is known from level n + 1 on, and so is a transcendental function of a value that the loop
 * computes.
 */
public final class RowLevels {
  private final Graph graph;
  private final RowKernel kernel;
  private final boolean rowFunctions;
  private final Set<ValueId> members;
  private final Map<ValueId, Integer> levels = new LinkedHashMap<>();

  public RowLevels(Graph graph, RowKernel kernel) {
    this(graph, kernel, true);
  }

  /**
   * @param rowFunctions whether transcendental functions are taken a whole row at a time, ahead of
   *     the loops; otherwise the loops compute them like any other
   */
  public RowLevels(Graph graph, RowKernel kernel, boolean rowFunctions) {
    this.graph = graph;
    this.kernel = kernel;
    this.rowFunctions = rowFunctions;
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

  /** Transcendental functions of what is the same in every row, taken before the first. */
  public List<Node> fixedFunctions() {
    return nodes().stream().filter(this::isFixed).toList();
  }

  private boolean isFixed(Node node) {
    return isRow(node)
        && kernel.groups() == 1
        && !kernel.outputs().contains(node.id())
        && graph.node(node.operand(0)) instanceof Node spread
        && spread.op() instanceof Op.SpreadRow
        && !isMember(spread.id())
        && !(graph.node(spread.operand(0)).op() instanceof Op.Constant);
  }

  /** Wide transcendental functions that are taken before the loop of a level. */
  public List<Node> functions(int level) {
    return functions().stream().filter(n -> level(n.id()) == level).toList();
  }

  private List<Node> functions() {
    return nodes().stream().filter(n -> isRow(n) && !isFixed(n)).toList();
  }

  /** Those whose operand the loop of a level computes. */
  public List<Node> functionsAfter(int level) {
    return functions().stream()
        .filter(n -> isComputed(n.operand(0)) && level(n.id()) == level + 1)
        .toList();
  }

  /** Values that are kept for the rest of the row only: functions that nothing outside reads. */
  public List<Node> rows() {
    return nodes().stream().filter(n -> isRow(n) && !kernel.outputs().contains(n.id())).toList();
  }

  /** How many loops over the columns there are. */
  public int loops() {
    return (int) IntStream.rangeClosed(0, last()).filter(this::hasLoop).count();
  }

  /** Whether a level has anything to do column by column. */
  public boolean hasLoop(int level) {
    return !sums(level).isEmpty()
        || !columnSums(level).isEmpty()
        || !wideOutputs(level).isEmpty()
        || !functionsAfter(level).isEmpty();
  }

  private boolean isRow(Node node) {
    return rowFunctions
        && node.op() instanceof Op.Unary(var function)
        && function.spelling().kernel()
        && !isNarrow(node.id());
  }

  private boolean isFunctionOfLoop(Node node) {
    return isRow(node) && !isFixed(node) && isComputed(node.operand(0));
  }

  /** Whether a value that is written to memory has been when the loop of a level begins. */
  public boolean isReadyBefore(ValueId id, int level) {
    return isRow(graph.node(id)) ? level(id) <= level : level(id) < level;
  }

  /** Whether a loop computes a value, instead of reading what is there before it. */
  private boolean isComputed(ValueId id) {
    Node node = graph.node(id);
    return (isMember(id) && !isRow(node))
        || node.op() instanceof Op.Spread
        || node.op() instanceof Op.Constant;
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

  /** Wide outputs that the loop of a level writes; functions write themselves. */
  public List<Node> wideOutputs(int level) {
    return kernel.outputs().stream()
        .map(graph::node)
        .filter(n -> !isNarrow(n.id()) && !(n.op() instanceof Op.SumRows) && !isRow(n))
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
    if (isMember(id) || node.op() instanceof Op.Spread) {
      level = node.operands().stream().mapToInt(this::level).max().orElse(0);
      if (node.op() instanceof Op.SumGroups || isFunctionOfLoop(node)) {
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
