package dev.swax.compiler.autodiff;

import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gradient rules of what experts need. The choice itself has none. */
final class ExpertGradients {
  private final Graph.Builder out;

  ExpertGradients(Graph.Builder out) {
    this.out = out;
  }

  List<@Nullable ValueId> gradients(ExpertOp op, Node y, ValueId dy) {
    return switch (op) {
      case ExpertOp.Choose _ -> first(y, null);
      case ExpertOp.Pick _ ->
          first(y, add(new ExpertOp.PickGradient(columns(y.operand(0))), dy, y.operand(1)));
      case ExpertOp.Dispatch _ -> {
        ValueId dx = weighted(new ExpertOp.Combine(), dy, y);
        yield withWeights(dx, y, y.operand(0), dy);
      }
      case ExpertOp.Combine _ -> {
        ValueId dRows = weighted(new ExpertOp.Dispatch(), dy, y);
        yield withWeights(dRows, y, dy, y.operand(0));
      }
      case ExpertOp.MatMul m -> matmul(m, y, dy);
      case ExpertOp.Rows _ -> {
        int experts = out.type(y.operand(0)).rows();
        yield first(y, add(new ExpertOp.RowsGradient(experts), dy, y.operand(1)));
      }
      case ExpertOp.Balance(double coefficient) ->
          first(y, add(new ExpertOp.BalanceGradient(coefficient), dy, y.operand(0), y.operand(1)));
      case ExpertOp.PickGradient _,
          ExpertOp.SlotDots _,
          ExpertOp.RowsGradient _,
          ExpertOp.BalanceGradient _ ->
          throw new IllegalArgumentException("no second derivatives: " + y);
    };
  }

  /** The other way between tokens and rows, with the same places and weights. */
  private ValueId weighted(ExpertOp op, ValueId dy, Node y) {
    var operands = new ArrayList<>(y.operands());
    operands.set(0, dy);
    return out.add(new Op.Experts(op), operands, null);
  }

  private List<@Nullable ValueId> withWeights(ValueId first, Node y, ValueId x, ValueId rows) {
    List<@Nullable ValueId> gradients = first(y, first);
    if (y.operands().size() == 3) {
      gradients.set(2, add(new ExpertOp.SlotDots(), x, rows, y.operand(1)));
    }
    return gradients;
  }

  private List<@Nullable ValueId> matmul(ExpertOp.MatMul op, Node y, ValueId dy) {
    if (op.transposeLeft()) {
      throw new IllegalArgumentException("weight gradients have no gradient");
    }
    int experts = op.experts();
    ValueId a = y.operand(0);
    ValueId owners = y.operand(2);
    ValueId left = op.transposeRight() ? dy : a;
    ValueId right = op.transposeRight() ? a : dy;
    List<@Nullable ValueId> gradients = new ArrayList<>();
    gradients.add(
        add(new ExpertOp.MatMul(false, !op.transposeRight(), experts), dy, y.operand(1), owners));
    gradients.add(add(new ExpertOp.MatMul(true, false, experts), left, right, owners));
    gradients.add(null);
    return gradients;
  }

  /** The gradient of the first operand, and none of the others. */
  private static List<@Nullable ValueId> first(Node y, @Nullable ValueId gradient) {
    List<@Nullable ValueId> gradients = new ArrayList<>();
    gradients.add(gradient);
    for (int i = 1; i < y.operands().size(); i++) {
      gradients.add(null);
    }
    return gradients;
  }

  private ValueId add(ExpertOp op, ValueId... operands) {
    return out.add(new Op.Experts(op), operands);
  }

  private int columns(ValueId id) {
    return out.type(id).columns();
  }
}
