package dev.swax.compiler.ir;

import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.ArrayList;
import java.util.List;

/** The shape rule of every op: operand types to result types. */
public final class TypeRules {
  private TypeRules() {}

  /**
   * The types of the results: the first is the node's own, the others belong to its parts.
   *
   * @throws IllegalArgumentException if the operands do not fit, which is a fault of the compiler
   */
  public static List<TensorType> results(Op op, List<TensorType> operands) {
    return switch (op) {
      case Op.Input(_, var type) -> none(op, operands, type);
      case Op.Parameter(_, var type) -> none(op, operands, type);
      case Op.Constant _ -> none(op, operands, TensorType.SCALAR);
      case Op.ConstantRow(var values) -> none(op, operands, TensorType.fixed(1, values.size()));
      case Op.Part _ ->
          throw new IllegalArgumentException("a part has the type its source gives it");
      case Op.Unary _ -> List.of(operands.getFirst());
      case Op.Binary _ -> List.of(broadcast(op, operands.get(0), operands.get(1)));
      case Op.SpreadRow(int groups) -> {
        require(!operands.getFirst().perToken() && operands.getFirst().rows() == 1, op, operands);
        yield List.of(TensorType.tokens(groups * operands.getFirst().columns()));
      }
      case Op.SpreadGroups(int columns) -> {
        require(columns % operands.getFirst().columns() == 0, op, operands);
        yield List.of(TensorType.tokens(columns));
      }
      case Op.SumGroups(int groups) -> {
        require(operands.getFirst().columns() % groups == 0, op, operands);
        yield List.of(TensorType.tokens(groups));
      }
      case Op.SumRows(int groups) -> {
        TensorType x = operands.getFirst();
        require(x.perToken() && x.columns() % groups == 0, op, operands);
        yield List.of(TensorType.fixed(1, x.columns() / groups));
      }
      case Op.MatMul m -> List.of(matmul(m, operands));
      case Op.Repeat(int groups, int times) -> {
        TensorType x = operands.getFirst();
        require(x.perToken() && x.columns() % groups == 0, op, operands);
        yield List.of(TensorType.tokens(times * x.columns()));
      }
      case Op.SumRepeats(int groups, int times) -> {
        TensorType x = operands.getFirst();
        require(x.perToken() && x.columns() % (groups * times) == 0, op, operands);
        yield List.of(TensorType.tokens(x.columns() / times));
      }
      case Op.Concat(int groups) -> {
        int columns = 0;
        for (TensorType operand : operands) {
          require(operand.perToken() && operand.columns() % groups == 0, op, operands);
          columns += operand.columns();
        }
        require(operands.size() == 2, op, operands);
        yield List.of(TensorType.tokens(columns));
      }
      case Op.Slice(int groups, int from, int to) -> {
        TensorType x = operands.getFirst();
        require(x.perToken() && x.columns() % groups == 0, op, operands);
        require(0 <= from && from < to && to <= x.columns() / groups, op, operands);
        yield List.of(TensorType.tokens(groups * (to - from)));
      }
      case Op.MatMulAdd(boolean right) -> {
        TensorType sum = matmul(new Op.MatMul(false, right), operands.subList(1, 3));
        require(sum.equals(operands.getFirst()), op, operands);
        yield List.of(sum);
      }
      case Op.Softmax(int groups) -> {
        require(operands.getFirst().columns() % groups == 0, op, operands);
        yield List.of(operands.getFirst());
      }
      case Op.Experts(ExpertOp expert) -> ExpertTypes.results(expert, operands);
      case Op.Embedding _ -> List.of(TensorType.tokens(operands.getFirst().columns()));
      case Op.EmbeddingGradient(int rows, _) ->
          List.of(TensorType.fixed(rows, operands.getFirst().columns()));
      case Op.Rope(int heads, var rotation, _) -> {
        requireColumns(op, operands, 0, heads * rotation.headWidth());
        yield List.of(operands.getFirst());
      }
      case Op.Attention(AttentionShape shape, _) -> {
        require(operands.size() == shape.operands(), op, operands);
        requireColumns(op, operands, 0, shape.heads() * shape.headWidth());
        requireColumns(op, operands, 1, shape.keyHeads() * shape.headWidth());
        requireColumns(op, operands, 2, shape.keyHeads() * shape.valueWidth());
        if (shape.sinks()) {
          require(operands.get(3).equals(TensorType.fixed(1, shape.heads())), op, operands);
        }
        yield List.of(
            TensorType.tokens(shape.heads() * shape.valueWidth()),
            TensorType.tokens(shape.heads()));
      }
      case Op.AttentionGradient(AttentionShape shape, _) -> {
        require(operands.size() == shape.operands() + 3, op, operands);
        yield operands.subList(0, shape.operands());
      }
      case Op.Recurrence(RecurrenceShape shape) -> {
        requireSlots(op, operands, shape, shape.operands());
        yield shape.results().stream().map(name -> TensorType.tokens(shape.columns(name))).toList();
      }
      case Op.RecurrenceGradient(RecurrenceShape shape) -> {
        var names = new ArrayList<>(shape.operands());
        names.addAll(shape.results());
        names.add(shape.results().getFirst());
        requireSlots(op, operands, shape, names);
        yield operands.subList(0, shape.operands().size());
      }
      case Op.CrossEntropy _ -> List.of(TensorType.tokens(1), TensorType.tokens(1));
      case Op.CrossEntropyGradient _ -> List.of(operands.getFirst());
    };
  }

  private static void requireSlots(
      Op op, List<TensorType> operands, RecurrenceShape shape, List<String> names) {
    require(operands.size() == names.size(), op, operands);
    for (int i = 0; i < names.size(); i++) {
      require(operands.get(i).equals(slot(shape, names.get(i))), op, operands);
    }
  }

  private static TensorType slot(RecurrenceShape shape, String name) {
    return shape.parameters().contains(name)
        ? TensorType.fixed(shape.rows(name), shape.columns(name))
        : TensorType.tokens(shape.columns(name));
  }

  private static List<TensorType> none(Op op, List<TensorType> operands, TensorType type) {
    require(operands.isEmpty(), op, operands);
    return List.of(type);
  }

  private static TensorType broadcast(Op op, TensorType left, TensorType right) {
    if (left.isScalar()) {
      return right;
    }
    require(right.isScalar() || left.equals(right), op, List.of(left, right));
    return left;
  }

  private static TensorType matmul(Op.MatMul op, List<TensorType> operands) {
    TensorType a = operands.get(0);
    TensorType b = operands.get(1);
    int blocks = op.blocks();
    require(a.columns() % blocks == 0, op, operands);
    if (op.transposeLeft()) {
      require(a.perToken() && b.perToken() && !op.transposeRight(), op, operands);
      require(b.columns() % blocks == 0, op, operands);
      return TensorType.fixed(a.columns(), b.columns() / blocks);
    }
    require(a.perToken() && !b.perToken() && b.rows() % blocks == 0, op, operands);
    int inner = op.transposeRight() ? blocks * b.columns() : b.rows();
    require(inner == a.columns(), op, operands);
    return TensorType.tokens(op.transposeRight() ? b.rows() : blocks * b.columns());
  }

  private static void requireColumns(Op op, List<TensorType> operands, int index, int columns) {
    require(operands.get(index).columns() == columns, op, operands);
  }

  private static void require(boolean fits, Op op, List<TensorType> operands) {
    if (!fits) {
      throw new IllegalArgumentException(op + " does not take " + operands);
    }
  }
}
