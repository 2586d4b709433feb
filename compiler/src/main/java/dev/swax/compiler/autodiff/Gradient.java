package dev.swax.compiler.autodiff;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of a block: the same graph, followed by the gradients.
 *
 * <p>A result `y` gets an input `dy`, and so does each result that later layers read; the result
 * `losses` is seeded by the scale that the program is given at run time. The gradient of input `x`
 * becomes the result `dx`, that of parameter `p` the result `d:p`. A parameter that is used in
 * several places gets one result for each, `d:p`, `d:p#1` …: the program adds them up, because it
 * accumulates gradients anyway. An input that other layers read too has an input `so_far:` with
 * what they gave; its gradient is added to that.
 */
public final class Gradient {
  /** Prefix of the results that are gradients of parameters. */
  public static final String PARAMETER = "d:";

  /** The result that is the gradient of the block's input. */
  public static final String INPUT = "dx";

  /** The input that is the gradient of the block's result. */
  public static final String OUTPUT = "dy";

  /** Prefix of inputs: the gradient of a result that later layers read. */
  public static final String EXPORT = "d" + Wire.EXPORT;

  /** Prefix of results: the gradient of an input that comes from an earlier layer. */
  public static final String READ = "d" + Wire.READ;

  private final Graph graph;
  private final Graph.Builder out = new Graph.Builder();
  private final GradientRules rules = new GradientRules(out);
  private final Map<ValueId, ValueId> gradients = new LinkedHashMap<>();
  private final Set<ValueId> differentiable = new LinkedHashSet<>();

  private Gradient(Graph graph) {
    this.graph = graph;
  }

  /** The graph with its gradients appended. */
  public static Graph of(Graph graph) {
    return new Gradient(graph).differentiate();
  }

  /** Whether a result of a differentiated graph is a gradient, not the block's own. */
  public static boolean isGradient(String result) {
    return result.equals(INPUT) || result.startsWith(PARAMETER) || result.startsWith(READ);
  }

  /** Whether an input of a differentiated graph brings a gradient. */
  public static boolean isIncoming(String input) {
    return input.equals(OUTPUT) || input.startsWith(EXPORT) || input.startsWith(Wire.SO_FAR);
  }

  private Graph differentiate() {
    out.continueFrom(graph);
    findDifferentiable();
    seed();
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      ValueId dy = gradients.get(node.id());
      if (dy != null) {
        out.at(node.origin());
        if (node.name() != null) {
          out.nameIfUnnamed(dy, "d_" + node.name());
        }
        propagate(node, dy);
      }
    }
    return out.build();
  }

  /** What depends on an input or a parameter; the rest is constant. */
  private void findDifferentiable() {
    for (Node node : graph.nodes()) {
      boolean leaf = node.op() instanceof Op.Input || node.op() instanceof Op.Parameter;
      if (leaf || node.operands().stream().anyMatch(differentiable::contains)) {
        differentiable.add(node.id());
      }
    }
  }

  private void seed() {
    graph
        .results()
        .forEach((name, id) -> {
          Node node = graph.node(id);
          if (node.op() instanceof Op.CrossEntropy) {
            gradients.put(id, id); // the rule takes its scale at run time
          } else if (name.equals("y")) {
            seed(id, OUTPUT, OUTPUT);
          } else if (name.startsWith(Wire.EXPORT)) {
            String label = "d_" + name.substring(Wire.EXPORT.length()) + "_read";
            seed(id, "d" + name, label);
          }
        });
  }

  private void seed(ValueId id, String input, String label) {
    add(id, out.named(label, new Op.Input(input, graph.node(id).type())));
  }

  private void propagate(Node node, ValueId dy) {
    switch (node.op()) {
      case Op.Input(String name, _) when name.startsWith(Wire.READ) -> readResult(node, name, dy);
      case Op.Input(String name, _) -> out.result("d" + name, dy);
      case Op.Parameter(String name, _) -> parameterResult(name, dy);
      default -> {
        List<@Nullable ValueId> operandGradients = rules.gradients(node, dy);
        for (int i = 0; i < operandGradients.size(); i++) {
          ValueId gradient = operandGradients.get(i);
          if (gradient != null && differentiable.contains(node.operand(i))) {
            contribute(node.operand(i), gradient);
          }
        }
      }
    }
  }

  private void contribute(ValueId operand, ValueId gradient) {
    Node node = graph.node(operand);
    if (!out.type(gradient).equals(node.type())) {
      throw new IllegalArgumentException("only constants are spread without an op: " + node);
    }
    if (node.op() instanceof Op.Parameter(String name, _)) {
      parameterResult(name, gradient);
      return;
    }
    add(operand, gradient);
  }

  private void add(ValueId value, ValueId gradient) {
    gradients.merge(value, gradient, (a, b) -> out.add(new Op.Binary(BinaryFunction.ADD), a, b));
  }

  private void readResult(Node node, String name, ValueId gradient) {
    String read = name.substring(Wire.READ.length());
    ValueId soFar =
        out.named("d_" + read + "_so_far", new Op.Input(Wire.SO_FAR + read, node.type()));
    out.result("d" + name, out.add(new Op.Binary(BinaryFunction.ADD), soFar, gradient));
  }

  private void parameterResult(String name, ValueId gradient) {
    Map<String, ValueId> results = out.results();
    String result = PARAMETER + name;
    for (int i = 1; results.containsKey(result); i++) {
      result = PARAMETER + name + "#" + i;
    }
    out.result(result, gradient);
  }
}
