package dev.swax.compiler.autodiff;

import dev.swax.compiler.ir.Arithmetic;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient rule of every op: the gradient of each operand from that of the result. A null
 * stands for "none", where the operand cannot have one.
 */
final class GradientRules {
  private final Graph.Builder out;
  private final Arithmetic arithmetic;

  GradientRules(Graph.Builder out) {
    this.out = out;
    this.arithmetic = new Arithmetic(out);
  }

  /** {@code dy} is the gradient of the node's first result; its other parts have none. */
  List<@Nullable ValueId> gradients(Node y, ValueId dy) {
    return switch (y.op()) {
      case Op.Input _, Op.Parameter _, Op.Constant _, Op.ConstantRow _ -> List.of();
      case Op.Part _ -> throw new IllegalArgumentException("parts carry no gradient: " + y);
      case Op.Unary(var function) -> List.of(function.gradient(arithmetic, y, dy));
      case Op.Binary(var function) -> binary(function, y, dy);
      case Op.SpreadRow(int groups) -> List.of(out.add(new Op.SumRows(groups), dy));
      case Op.SpreadGroups _ ->
          List.of(out.add(new Op.SumGroups(out.type(y.operand(0)).columns()), dy));
      case Op.SumGroups _ ->
          List.of(out.add(new Op.SpreadGroups(out.type(y.operand(0)).columns()), dy));
      case Op.SumRows _ -> throw new IllegalArgumentException("sums over tokens end a graph");
      case Op.MatMul m -> matmul(m, y, dy);
      case Op.Repeat(int groups, int times) ->
          List.of(out.add(new Op.SumRepeats(groups, times), dy));
      case Op.Softmax(int groups) -> List.of(softmax(groups, y, dy));
      case Op.Experts(var expert) -> new ExpertGradients(out).gradients(expert, y, dy);
      case Op.Concat(int groups) -> {
        int left = out.type(y.operand(0)).columns() / groups;
        int all = y.type().columns() / groups;
        yield List.of(
            out.add(new Op.Slice(groups, 0, left), dy),
            out.add(new Op.Slice(groups, left, all), dy));
      }
      case Op.MatMulAdd(boolean right) -> {
        List<@Nullable ValueId> gradients = new ArrayList<>();
        gradients.add(dy);
        gradients.addAll(matmul(new Op.MatMul(false, right), y.operand(1), y.operand(2), dy));
        yield gradients;
      }
      case Op.Embedding(var index) ->
          List.of(out.add(new Op.EmbeddingGradient(out.type(y.operand(0)).rows(), index), dy));
      case Op.Rope(int heads, var rotation, boolean inverse) ->
          List.of(out.add(new Op.Rope(heads, rotation, !inverse), dy)); // a rotation's inverse
      case Op.Attention(var shape, int window) -> attention(shape, window, y, dy);
      case Op.Recurrence(var shape) -> recurrence(shape, y, dy);
      case Op.CrossEntropy _ -> // dy is the scale, given at run time
          List.of(out.add(new Op.CrossEntropyGradient(), y.operand(0), part(y, 1)));
      case Op.EmbeddingGradient _,
          Op.SumRepeats _,
          Op.Slice _,
          Op.AttentionGradient _,
          Op.RecurrenceGradient _,
          Op.CrossEntropyGradient _ ->
          throw new IllegalArgumentException("no second derivatives: " + y);
    };
  }

  private List<@Nullable ValueId> binary(BinaryFunction function, Node y, ValueId dy) {
    ValueId a = y.operand(0);
    ValueId b = y.operand(1);
    return switch (function) {
      case ADD -> List.of(dy, dy);
      case SUBTRACT -> List.of(dy, arithmetic.negate(dy));
      case MULTIPLY -> List.of(arithmetic.multiply(dy, b), arithmetic.multiply(dy, a));
      case DIVIDE -> {
        ValueId da = arithmetic.divide(dy, b); // da = dy / b
        yield List.of(da, arithmetic.negate(arithmetic.multiply(da, y.id()))); // db = -dy y / b
      }
      case MAXIMUM -> select(dy, arithmetic.greater(a, b)); // ties go to b
      case MINIMUM -> select(dy, arithmetic.greater(b, a));
      case GREATER -> {
        List<@Nullable ValueId> none = new ArrayList<>();
        none.add(null);
        none.add(null);
        yield none;
      }
    };
  }

  /** dy where the mask is one, for the left operand; the rest of dy for the right. */
  private List<@Nullable ValueId> select(ValueId dy, ValueId mask) {
    ValueId left = arithmetic.multiply(dy, mask);
    return List.of(left, arithmetic.subtract(dy, left));
  }

  private List<@Nullable ValueId> matmul(Op.MatMul op, Node y, ValueId dy) {
    return matmul(op, y.operand(0), y.operand(1), dy);
  }

  private List<@Nullable ValueId> matmul(Op.MatMul op, ValueId a, ValueId b, ValueId dy) {
    if (op.transposeLeft()) {
      throw new IllegalArgumentException("weight gradients have no gradient");
    }
    int blocks = op.blocks();
    ValueId da = out.add(new Op.MatMul(false, !op.transposeRight(), blocks), dy, b);
    ValueId db =
        op.transposeRight()
            ? out.add(new Op.MatMul(true, false, blocks), dy, a) // b [N, K]: dyᵀ a
            : out.add(new Op.MatMul(true, false, blocks), a, dy); // b [K, N]: aᵀ dy
    return List.of(da, db);
  }

  /** {@code y (dy - (sum over the group of y dy))}. */
  private ValueId softmax(int groups, Node y, ValueId dy) {
    ValueId sum = out.add(new Op.SumGroups(groups), arithmetic.multiply(y.id(), dy));
    ValueId spread = out.add(new Op.SpreadGroups(y.type().columns()), sum);
    return arithmetic.multiply(y.id(), arithmetic.subtract(dy, spread));
  }

  private List<@Nullable ValueId> attention(AttentionShape shape, int window, Node y, ValueId dy) {
    return parts(new Op.AttentionGradient(shape, window), List.of(y.id(), part(y, 1), dy), y);
  }

  private List<@Nullable ValueId> recurrence(RecurrenceShape shape, Node y, ValueId dy) {
    var more = new ArrayList<ValueId>();
    more.add(y.id());
    for (int part = 1; part < shape.results().size(); part++) {
      more.add(part(y, part));
    }
    more.add(dy);
    return parts(new Op.RecurrenceGradient(shape), more, y);
  }

  /**
   * The op on the operands of y and some more: its first result and parts, one for each operand.
   */
  private List<@Nullable ValueId> parts(Op gradient, List<ValueId> more, Node y) {
    var operands = new ArrayList<>(y.operands());
    operands.addAll(more);
    ValueId first = out.add(gradient, operands, null);
    List<@Nullable ValueId> gradients = new ArrayList<>();
    gradients.add(first);
    for (int part = 1; part < y.operands().size(); part++) {
      gradients.add(out.add(new Op.Part(part), first));
    }
    return gradients;
  }

  /** The part of a node, as it stands in the graph or added now. */
  private ValueId part(Node y, int index) {
    return out.add(new Op.Part(index), y.id());
  }
}
