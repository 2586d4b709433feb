package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import java.util.List;

/** Evaluates a graph in double, node by node. */
public final class Interpreter {
  private Interpreter() {}

  /**
   * The values of all nodes of {@code graph}.
   *
   * @throws IllegalArgumentException if a value is missing or has another shape than its node
   */
  public static Evaluation run(Graph graph, Bindings bindings) {
    var evaluation = new Evaluation(graph);
    for (Node node : graph.nodes()) {
      List<Matrix> operands = node.operands().stream().map(evaluation::value).toList();
      List<Matrix> results =
          node.op() instanceof Op.Part(int index)
              ? List.of(evaluation.part(node.operand(0), index))
              : results(node.op(), operands, bindings);
      requireShape(node, results.getFirst(), bindings);
      evaluation.append(results);
    }
    return evaluation;
  }

  /** All results of one op: the node's own first, then its parts. */
  private static List<Matrix> results(Op op, List<Matrix> operands, Bindings bindings) {
    return switch (op) {
      case Op.Input(String name, _) -> List.of(bindings.value(name));
      case Op.Parameter(String name, _) -> List.of(bindings.value(name));
      case Op.Constant(double value) -> List.of(Matrix.scalar(value));
      case Op.ConstantRow(var values) -> List.of(row(values));
      case Op.Part _ -> throw new IllegalArgumentException("a part is read from its source");
      case Op.Unary(var function) ->
          List.of(InterpretElementwise.unary(function, operands.getFirst()));
      case Op.Binary(var function) ->
          List.of(InterpretElementwise.binary(function, operands.get(0), operands.get(1)));
      case Op.SpreadRow(int groups) ->
          List.of(InterpretSums.spreadRow(operands.getFirst(), groups, bindings.rows()));
      case Op.SpreadGroups(int columns) ->
          List.of(InterpretSums.spreadGroups(operands.getFirst(), columns));
      case Op.SumGroups(int groups) ->
          List.of(InterpretSums.sumGroups(operands.getFirst(), groups));
      case Op.SumRows(int groups) -> List.of(InterpretSums.sumRows(operands.getFirst(), groups));
      case Op.MatMul(boolean left, boolean right, int blocks) ->
          List.of(InterpretMatMul.blocks(operands.get(0), left, operands.get(1), right, blocks));
      case Op.Repeat(int groups, int times) ->
          List.of(InterpretSums.repeat(operands.getFirst(), groups, times));
      case Op.Concat(int groups) ->
          List.of(InterpretSums.concat(operands.get(0), operands.get(1), groups));
      case Op.Slice(int groups, int from, int to) ->
          List.of(InterpretSums.slice(operands.getFirst(), groups, from, to));
      case Op.SumRepeats(int groups, int times) ->
          List.of(InterpretSums.sumRepeats(operands.getFirst(), groups, times));
      case Op.Softmax(int groups) -> List.of(InterpretSums.softmax(operands.getFirst(), groups));
      case Op.Experts(var expert) -> new InterpretExperts(operands, bindings).results(expert);
      case Op.MatMulAdd(boolean right) ->
          List.of(
              InterpretElementwise.binary(
                  BinaryFunction.ADD,
                  operands.get(0),
                  InterpretMatMul.matmul(operands.get(1), false, operands.get(2), right)));
      case Op.Embedding(var index) ->
          List.of(
              InterpretTokens.embedding(
                  operands.getFirst(), bindings.indices(index, operands.getFirst().rows())));
      case Op.EmbeddingGradient(int rows, var index) ->
          List.of(
              InterpretTokens.embeddingGradient(
                  operands.getFirst(), bindings.indices(index, rows), rows));
      case Op.Rope rope -> List.of(InterpretRope.rotate(rope, operands.getFirst(), bindings));
      case Op.Attention(var shape, int window) ->
          new InterpretAttention(shape, bindings.window(window), operands, bindings).forward();
      case Op.AttentionGradient(var shape, int window) ->
          new InterpretAttention(shape, bindings.window(window), operands, bindings)
              .gradient(operands.getLast());
      case Op.Recurrence(var shape) ->
          Recurrences.of(shape).forward(new RecurrenceValues(shape, operands, bindings));
      case Op.RecurrenceGradient(var shape) ->
          Recurrences.of(shape).gradient(new RecurrenceValues(shape, operands, bindings));
      case Op.CrossEntropy _ ->
          InterpretTokens.crossEntropy(operands.getFirst(), bindings.targets());
      case Op.CrossEntropyGradient _ ->
          List.of(
              InterpretTokens.crossEntropyGradient(
                  operands.getFirst(), bindings.targets(), bindings.lossScale()));
    };
  }

  private static Matrix row(List<Double> values) {
    Matrix row = Matrix.zeros(1, values.size());
    for (int c = 0; c < values.size(); c++) {
      row.set(0, c, values.get(c));
    }
    return row;
  }

  private static void requireShape(Node node, Matrix value, Bindings bindings) {
    TensorType type = node.type();
    int rows = type.perToken() ? bindings.rows() : type.rows();
    if (value.rows() != rows || value.columns() != type.columns()) {
      throw new IllegalArgumentException(
          node.id()
              + " is "
              + type
              + " with "
              + bindings.rows()
              + " tokens, but its value is ["
              + value.rows()
              + ", "
              + value.columns()
              + "]");
    }
  }
}
