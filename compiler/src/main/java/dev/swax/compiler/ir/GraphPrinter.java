package dev.swax.compiler.ir;

import java.util.stream.Collectors;

/** Prints a graph, one node a line: {@code %3 q = matmul %1 %2 : [T, 128] models.swax:12}. */
public final class GraphPrinter {
  private static final int ORIGIN_COLUMN = 72;

  private GraphPrinter() {}

  static String print(Graph graph) {
    var out = new StringBuilder();
    for (Node node : graph.nodes()) {
      out.append(withOrigin(line(node), node)).append('\n');
    }
    graph
        .results()
        .forEach(
            (name, id) -> out.append("return ").append(name).append(" = ").append(id).append('\n'));
    return out.toString();
  }

  private static String withOrigin(String line, Node node) {
    if (node.origin() == null) {
      return line;
    }
    return line + " ".repeat(Math.max(2, ORIGIN_COLUMN - line.length())) + node.origin();
  }

  /** A node without its origin. */
  public static String line(Node node) {
    String name = node.name() == null ? "" : " " + node.name();
    String operands = node.operands().stream().map(o -> " " + o).collect(Collectors.joining());
    return node.id() + name + " = " + describe(node.op()) + operands + " : " + node.type();
  }

  /** The op and its attributes in the words of the language. */
  static String describe(Op op) {
    return switch (op) {
      case Op.Input(String name, _) -> "input " + name;
      case Op.Parameter(String name, _) -> "parameter " + name;
      case Op.Constant(double value) -> "constant " + value;
      case Op.ConstantRow(var values) -> "constant_row " + values;
      case Op.Part(int index) -> "part " + index + " of";
      case Op.Unary(var function) -> function.text();
      case Op.Binary(var function) -> function.text();
      case Op.SpreadRow(int groups) -> "spread_row" + groups(groups);
      case Op.SpreadGroups(int columns) -> "spread_groups(" + columns + ")";
      case Op.SumGroups(int groups) -> "sum_groups(" + groups + ")";
      case Op.SumRows(int groups) -> "sum_rows" + groups(groups);
      case Op.MatMul(boolean left, boolean right, int blocks) ->
          (blocks == 1 ? "matmul" : "matmul_" + blocks + "_blocks") + transposed(left, right);
      case Op.Repeat(int groups, int times) -> "repeat(" + groups + ", " + times + ")";
      case Op.Concat(int groups) -> "concat" + groups(groups);
      case Op.Slice(int groups, int from, int to) ->
          "slice(" + from + ".." + to + (groups == 1 ? ")" : " of " + groups + " groups)");
      case Op.SumRepeats(int groups, int times) -> "sum_repeats(" + groups + ", " + times + ")";
      case Op.MatMulAdd(boolean right) -> right ? "matmul_add(right transposed)" : "matmul_add";
      case Op.Embedding(var index) -> "embedding" + index(index);
      case Op.EmbeddingGradient(_, var index) -> "embedding_gradient" + index(index);
      case Op.Rope(int heads, var rotation, boolean inverse) ->
          (inverse ? "rope_inverse" : "rope") + "(heads: " + heads + ", " + rotation + ")";
      case Op.Softmax(int groups) -> "softmax" + groups(groups);
      case Op.Experts(var expert) -> describe(expert);
      case Op.Attention(var shape, int window) -> "attention(" + window(window) + shape + ")";
      case Op.AttentionGradient(var shape, int window) ->
          "attention_gradient(" + window(window) + shape + ")";
      case Op.Recurrence(var shape) -> shape.name() + "(" + shape + ")";
      case Op.RecurrenceGradient(var shape) -> shape.name() + "_gradient(" + shape + ")";
      case Op.CrossEntropy _ -> "cross_entropy";
      case Op.CrossEntropyGradient _ -> "cross_entropy_gradient";
    };
  }

  private static String index(Op.Index index) {
    return switch (index) {
      case TOKEN -> "";
      case POSITION -> "(by position)";
      case META -> "(of meta tokens)";
    };
  }

  private static String describe(ExpertOp op) {
    return switch (op) {
      case ExpertOp.Choose(var choice) ->
          "choose(%d of %d experts%s)"
              .formatted(
                  choice.active(),
                  choice.experts(),
                  choice.activeGroups() == choice.groups()
                      ? ""
                      : ", of %d of %d groups".formatted(choice.activeGroups(), choice.groups()));
      case ExpertOp.Pick _ -> "pick";
      case ExpertOp.PickGradient _ -> "pick_gradient";
      case ExpertOp.Dispatch _ -> "dispatch";
      case ExpertOp.Combine _ -> "combine";
      case ExpertOp.SlotDots _ -> "slot_dots";
      case ExpertOp.MatMul(boolean left, boolean right, int experts) ->
          "matmul_" + experts + "_experts" + transposed(left, right);
      case ExpertOp.Rows _ -> "rows_of_experts";
      case ExpertOp.RowsGradient _ -> "rows_of_experts_gradient";
      case ExpertOp.Balance(double coefficient) -> "balance(" + coefficient + ")";
      case ExpertOp.BalanceGradient(double coefficient) -> "balance_gradient(" + coefficient + ")";
    };
  }

  private static String transposed(boolean left, boolean right) {
    return left ? "(left transposed)" : right ? "(right transposed)" : "";
  }

  private static String groups(int groups) {
    return groups == 1 ? "" : "(" + groups + " groups)";
  }

  private static String window(int window) {
    return window < 0 ? "" : "window " + window + ", ";
  }
}
