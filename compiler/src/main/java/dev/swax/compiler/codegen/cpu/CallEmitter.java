package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.attention.AttentionGradientCall;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints the call of a heavy op's kernel: {@code kernels.matmul(x, w, y, rows, 256, 688, false)}.
 */
final class CallEmitter {
  private final GraphPlan plan;
  private final Context context;
  private final Constants constants;

  CallEmitter(GraphPlan plan, Context context, Constants constants) {
    this.plan = plan;
    this.context = context;
    this.constants = constants;
  }

  CodeBlock emit(Node node) {
    var code = CodeBlock.builder();
    if (node.op() instanceof Op.Concat(int groups)) {
      int left = columns(node.operand(0)) / groups;
      int all = node.type().columns() / groups;
      code.addStatement(copy(node, 0, groups, left, 0, all, 0, left));
      code.addStatement(copy(node, 1, groups, all - left, 0, all, left, all - left));
    } else {
      code.addStatement(call(node));
    }
    return code.build();
  }

  /** Columns of each group of an operand, to columns of each group of the result. */
  private CodeBlock copy(
      Node node, int operand, int groups, int width, int from, int toWidth, int to, int columns) {
    return CodeBlock.of(
        "kernels.copyColumns($L, $L, rows, $L, $L, $L, $L, $L, $L)",
        operand(node, operand),
        at(node.id()),
        groups,
        width,
        from,
        toWidth,
        to,
        columns);
  }

  private CodeBlock call(Node node) {
    return switch (node.op()) {
      case Op.Attention(var shape, int window) ->
          CodeBlock.of(
              "attend($L, $L[layer])",
              attention(shape, window, operands(node, 0, shape.operands()), results(node, 2)),
              context.cacheField(node));
      case Op.AttentionGradient(var shape, int window) ->
          CodeBlock.of(
              "kernels.attentionGradient(new $T($L, $L, $L))",
              AttentionGradientCall.class,
              attention(
                  shape,
                  window,
                  operands(node, 0, shape.operands()),
                  operands(node, shape.operands(), shape.operands() + 2)),
              operand(node, shape.operands() + 2),
              results(node, shape.operands()));
      case Op.MatMul(boolean left, boolean right, int blocks) when blocks > 1 ->
          blockMatmul(node, left, right, blocks);
      case Op.MatMul(boolean left, boolean right, _) ->
          left ? weightGradient(node) : matmul(node, right, node.operands(), false);
      case Op.Repeat(int groups, int times) ->
          groups("repeat", node, groups, times, columns(node.operand(0)) / groups);
      case Op.Slice(int groups, int from, int to) ->
          copy(node, 0, groups, columns(node.operand(0)) / groups, from, to - from, 0, to - from);
      case Op.SumRepeats(int groups, int times) ->
          groups("sumRepeats", node, groups, times, node.type().columns() / groups);
      case Op.Softmax(int groups) ->
          CodeBlock.of(
              "kernels.softmax($L, $L, rows, $L, $L)",
              operand(node, 0),
              at(node.id()),
              groups,
              node.type().columns() / groups);
      case Op.Experts(var expert) -> new ExpertCalls(this, node).call(expert);
      case Op.MatMulAdd(boolean right) -> matmul(node, right, node.operands().subList(1, 3), true);
      case Op.Embedding(var index) ->
          CodeBlock.of(
              "kernels.embedding($L, $L, $L, rows, $L)",
              indices(index, plan.graph().node(node.operand(0)).type().rows()),
              operand(node, 0),
              at(node.id()),
              node.type().columns());
      case Op.EmbeddingGradient(int rows, var index) ->
          CodeBlock.of(
              "kernels.embeddingGradient($L, $L, $L, rows, $L, $L)",
              indices(index, rows),
              operand(node, 0),
              at(node.id()),
              rows,
              node.type().columns());
      case Op.Rope(int heads, var rotation, boolean inverse) ->
          CodeBlock.of(
              "rope($L, $L, $L, $L, $L)",
              operand(node, 0),
              at(node.id()),
              heads,
              constants.rotation(rotation),
              inverse);
      case Op.Recurrence(var shape) -> recurrence(node, shape);
      case Op.RecurrenceGradient(var shape) -> recurrenceGradient(node, shape);
      case Op.CrossEntropy _ ->
          CodeBlock.of(
              "kernels.crossEntropy($L, $L, $L, $L, $L)",
              operand(node, 0),
              context.inBlocks() ? "head.targets()" : "targets",
              results(node, 2),
              context.rows(),
              columns(node.operand(0)));
      case Op.CrossEntropyGradient _ ->
          CodeBlock.of(
              context.inBlocks()
                  ? "lossGradient($L, head.targets(), $L, $L, head.rows(), $L)"
                  : "lossGradient($L, $L, $L, $L)",
              operand(node, 0),
              operand(node, 1),
              at(node.id()),
              columns(node.operand(0)));
      case Op.Leaf _, Op.Light _, Op.Part _, Op.Concat _ ->
          throw new IllegalArgumentException("no kernel of its own: " + node);
    };
  }

  private CodeBlock attention(AttentionShape shape, int window, String operands, String results) {
    return CodeBlock.of(
        "new $T($L, band($L), $L, $L)",
        AttentionCall.class,
        constants.attention(shape),
        window,
        operands,
        results);
  }

  /** Which row of a table each token reads. */
  private static String indices(Op.Index index, int rows) {
    return switch (index) {
      case TOKEN -> "tokens";
      case POSITION -> "positions(%s)".formatted(rows);
      case META -> "metaRows()";
    };
  }

  private CodeBlock matmul(Node node, boolean right, List<ValueId> operands, boolean accumulate) {
    TensorType weight = type(operands.get(1));
    return CodeBlock.of(
        "kernels.$L($L, $L, $L, $L, $L, $L, $L)",
        right ? "matmulTransposedRight" : "matmul",
        at(operands.get(0)),
        at(operands.get(1)),
        at(node.id()),
        context.rows(),
        right ? weight.columns() : weight.rows(),
        node.type().columns(),
        accumulate);
  }

  private CodeBlock weightGradient(Node node) {
    return CodeBlock.of(
        "kernels.matmulTransposedLeft($L, $L, $L, $L, $L, true)",
        operands(node, 0, 2),
        at(node.id()),
        node.type().rows(),
        context.rows(),
        node.type().columns());
  }

  private CodeBlock blockMatmul(Node node, boolean left, boolean right, int blocks) {
    TensorType weight = left ? node.type() : type(node.operand(1));
    String rows = Integer.toString(weight.rows() / blocks);
    String columns = Integer.toString(weight.columns());
    return CodeBlock.of(
        "kernels.$L($L, $L, $L, $L)",
        left ? "blockMatmulTransposedLeft" : right ? "blockMatmulTransposedRight" : "blockMatmul",
        operands(node, 0, 2),
        at(node.id()),
        left
            ? rows + ", rows, " + columns
            : right ? "rows, " + columns + ", " + rows : "rows, " + rows + ", " + columns,
        blocks);
  }

  private CodeBlock groups(String kernel, Node node, int groups, int times, int width) {
    return CodeBlock.of(
        "kernels.$L($L, $L, rows, $L, $L, $L)",
        kernel,
        operand(node, 0),
        at(node.id()),
        groups,
        times,
        width);
  }

  private CodeBlock recurrence(Node node, RecurrenceShape shape) {
    String states =
        shape.states().stream()
            .map(name -> context.stateField(node, name) + "[layer]")
            .collect(Collectors.joining(", "));
    return CodeBlock.of(
        "recur($L, List.of($L), List.of($L), List.of($L))",
        constants.recurrence(shape),
        operands(node, 0, shape.operands().size()),
        results(node, shape.results().size()),
        states);
  }

  private CodeBlock recurrenceGradient(Node node, RecurrenceShape shape) {
    int operands = shape.operands().size();
    int dy = operands + shape.results().size();
    return CodeBlock.of(
        "recurGradient($L, List.of($L), List.of($L), $L, List.of($L))",
        constants.recurrence(shape),
        operands(node, 0, operands),
        operands(node, operands, dy),
        operand(node, dy),
        results(node, operands));
  }

  Constants constants() {
    return constants;
  }

  String operands(Node node, int from, int to) {
    var names = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      names.add(operand(node, i));
    }
    return String.join(", ", names);
  }

  String results(Node node, int count) {
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add(part(node, i));
    }
    return String.join(", ", names);
  }

  /** Result {@code index}; a result that nothing reads is thrown away. */
  private String part(Node node, int index) {
    if (index == 0) {
      return at(node.id());
    }
    Graph graph = plan.graph();
    return graph.nodes().stream()
        .filter(n -> n.op().equals(new Op.Part(index)) && n.operand(0).equals(node.id()))
        .map(n -> at(n.id()))
        .findFirst()
        .orElse("unread");
  }

  String operand(Node node, int index) {
    return at(node.operand(index));
  }

  String at(ValueId id) {
    return context.tensor(plan.place(id));
  }

  int columns(ValueId id) {
    return type(id).columns();
  }

  TensorType type(ValueId id) {
    return plan.graph().node(id).type();
  }
}
