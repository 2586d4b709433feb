package dev.swax.hub.match;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What each value of a graph is in a text that does not depend on names or on the order of sums.
 */
final class Values {
  /** What a double says more than an fp32 is no difference: kernels compute in fp32. */
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(E-?\\d+)?");

  private final Graph graph;
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> classes = new ArrayList<>();

  Values(Graph graph, List<Integer> windows) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      String text = text(node.op(), windows) + " : " + node.type();
      texts.add(text);
      List<Integer> operands =
          node.operands().stream().map(operand -> classes.get(operand.index())).toList();
      classes.add(31 * text.hashCode() + (commutes(node) ? sorted(operands) : operands).hashCode());
    }
  }

  private static List<Integer> sorted(List<Integer> operands) {
    return operands.stream().sorted().toList();
  }

  Node node(ValueId id) {
    return graph.node(id);
  }

  /** Equal for values that are computed alike of the same kinds of leaves. */
  int kind(ValueId id) {
    return classes.get(id.index());
  }

  /** Equal for nodes that do the same with their operands. */
  String text(ValueId id) {
    return texts.get(id.index());
  }

  static boolean commutes(Node node) {
    return node.op() instanceof Op.Binary(var function) && function.commutes();
  }

  private static String text(Op op, List<Integer> windows) {
    return switch (op) {
      case Op.Parameter _ -> "weight";
      case Op.Attention(var shape, int window) ->
          rounded(shape.toString())
              + (window < 0
                  ? " over all tokens"
                  : " over %d tokens".formatted(windows.get(window)));
      default -> rounded(op.toString());
    };
  }

  private static String rounded(String text) {
    return NUMBER
        .matcher(text)
        .replaceAll(number -> Float.toString(Float.parseFloat(number.group())));
  }
}
