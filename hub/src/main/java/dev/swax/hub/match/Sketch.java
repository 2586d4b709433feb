package dev.swax.hub.match;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.ModelOptions;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The numbers of a model that a config.json says, read off its graphs. It is a guess: which class
 * computes the same is decided by comparing all of both.
 *
 * @param windows the number of keys of each window, in the model's order
 */
public record Sketch(LoweredModel model, List<Integer> windows) {
  public Sketch {
    windows = List.copyOf(windows);
  }

  /** Of a model whose windows have these numbers of keys. */
  public static Sketch of(Architecture model, List<Integer> windows) {
    return new Sketch(LowerModel.lower(model), windows);
  }

  public ModelOptions options() {
    return model.architecture().options();
  }

  public int layers() {
    return model.order().size();
  }

  /** The first attention of a layer. */
  public Optional<Op.Attention> attention(int layer) {
    return ops(layer, Op.Attention.class);
  }

  /** The shape of the first attention of the model. */
  public Optional<AttentionShape> attention() {
    return firstOf(this::attention).map(Op.Attention::shape);
  }

  /** Keys of a layer's window, or 0 where it sees all. */
  public int window(int layer) {
    int index = attention(layer).map(Op.Attention::window).orElse(-1);
    return index < 0 ? 0 : windows.get(index);
  }

  /** How a layer turns queries and keys. */
  public Optional<Rotation> rotation(int layer) {
    return ops(layer, Op.Rope.class).map(Op.Rope::rotation);
  }

  public Optional<Rotation> rotation() {
    return firstOf(this::rotation);
  }

  /** What feed-forwards have between their gates and their result. */
  public int hidden() {
    return activation().map(node -> node.type().columns()).orElse(model.architecture().width());
  }

  /** Whether the gate of the feed-forward has a bias. */
  public boolean ffnBias() {
    return firstOf(
            layer -> {
              Graph graph = model.layer(layer).graph();
              return activation(graph).map(node -> isBiased(graph.node(node.operand(0)), graph));
            })
        .orElse(false);
  }

  /** Whether queries have a bias. */
  public boolean queryBias() {
    return firstOf(
            layer -> {
              Graph graph = model.layer(layer).graph();
              return find(graph, Op.Attention.class)
                  .map(attention -> leadsToBias(graph.node(attention.operand(0)), graph));
            })
        .orElse(false);
  }

  /** The shape of the first recurrence of a kind in a layer. */
  public <T extends RecurrenceShape> Optional<T> recurrence(int layer, Class<T> kind) {
    return model.layer(layer).graph().nodes().stream()
        .map(Node::op)
        .filter(op -> op instanceof Op.Recurrence(var shape) && kind.isInstance(shape))
        .map(op -> kind.cast(((Op.Recurrence) op).shape()))
        .findFirst();
  }

  /** The same of the model. */
  public <T extends RecurrenceShape> Optional<T> recurrence(Class<T> kind) {
    return firstOf(layer -> recurrence(layer, kind));
  }

  /** The activation of the first feed-forward. */
  public Optional<UnaryFunction> gate() {
    return activation().map(node -> ((Op.Unary) node.op()).function());
  }

  /** How tokens go to experts, in the first layer that has some. */
  public Optional<ChoiceShape> choice() {
    return firstOf(this::choice);
  }

  public Optional<ChoiceShape> choice(int layer) {
    return model.layer(layer).graph().nodes().stream()
        .map(Node::op)
        .filter(Op.Experts.class::isInstance)
        .map(op -> ((Op.Experts) op).op())
        .filter(ExpertOp.Choose.class::isInstance)
        .map(op -> ((ExpertOp.Choose) op).choice())
        .findFirst();
  }

  /** What an expert has between its first projection and its last. */
  public int expertHidden(ChoiceShape choice) {
    return firstOf(layer ->
            model.layer(layer).graph().nodes().stream()
                .filter(node ->
                    node.op() instanceof Op.Experts(ExpertOp op) && op instanceof ExpertOp.MatMul)
                .map(node -> node.type().columns() / choice.active())
                .findFirst())
        .orElse(hidden());
  }

  /** What is added to the mean of squares, or to the variance, in the norm before the head. */
  public double eps() {
    Graph graph = model.head().graph();
    for (Node node : graph.nodes()) {
      if (node.op().equals(new Op.Unary(UnaryFunction.RECIPROCAL_SQRT))) {
        Node sum = graph.node(node.operand(0));
        for (ValueId operand : sum.operands()) {
          if (graph.node(operand).op() instanceof Op.Constant(double eps)) {
            return eps;
          }
        }
      }
    }
    return 1e-6;
  }

  /** What the last branch of the first layer is multiplied by. */
  public double residual() {
    Graph graph = model.layer(0).graph();
    Node last = graph.node(graph.result("y"));
    for (ValueId operand : last.operands()) {
      Node branch = graph.node(operand);
      if (branch.op().equals(new Op.Binary(BinaryFunction.MULTIPLY))) {
        for (ValueId factor : branch.operands()) {
          if (graph.node(factor).op() instanceof Op.Constant(double value)) {
            return value;
          }
        }
      }
    }
    return 1;
  }

  private Optional<Node> activation() {
    return firstOf(layer -> activation(model.layer(layer).graph()));
  }

  /** The last one of a layer. */
  private static Optional<Node> activation(Graph graph) {
    return graph.nodes().reversed().stream()
        .filter(node ->
            node.op() instanceof Op.Unary(var function)
                && (function == UnaryFunction.SILU || function.text().startsWith("gelu")))
        .findFirst();
  }

  private static boolean leadsToBias(Node from, Graph graph) {
    Node node = from;
    while (!isBiased(node, graph)) {
      if (node.op() instanceof Op.MatMul || node.operands().isEmpty()) {
        return false;
      }
      node = graph.node(node.operand(0));
    }
    return true;
  }

  private static boolean isBiased(Node node, Graph graph) {
    return node.op().equals(new Op.Binary(BinaryFunction.ADD))
        && graph.node(node.operand(0)).op() instanceof Op.MatMul
        && graph.node(node.operand(1)).op() instanceof Op.SpreadRow;
  }

  private <T extends Op> Optional<T> ops(int layer, Class<T> type) {
    return find(model.layer(layer).graph(), type).map(node -> type.cast(node.op()));
  }

  private static Optional<Node> find(Graph graph, Class<? extends Op> type) {
    return graph.nodes().stream().filter(node -> type.isInstance(node.op())).findFirst();
  }

  private <T> Optional<T> firstOf(IntFunction<Optional<T>> ofLayer) {
    for (int layer = 0; layer < layers(); layer++) {
      Optional<T> found = ofLayer.apply(layer);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
