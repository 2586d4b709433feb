package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.runtime.program.Initializer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What has a matrix of weights and may have a bias: projections and convolutions. */
final class LowerProjection {
  private final UnaryOperator<String> parameters;
  private final BlockBuilder out;

  /**
   * @param parameters the name of a weight in its layer, by that in its part
   */
  LowerProjection(UnaryOperator<String> parameters, BlockBuilder out) {
    this.parameters = parameters;
    this.out = out;
  }

  ValueId linear(PartExpression.Linear linear, ValueId operand, int all, @Nullable String name) {
    int blocks = linear.blocks();
    int columns = all / blocks;
    ValueId weight =
        at(linear)
            .matrix(parameters.apply(linear.parameter()), width(operand), columns, linear.weight());
    String product = linear.bias() == null ? name : null;
    ValueId y = add(linear, product, new Op.MatMul(false, false, blocks), operand, weight);
    return biased(linear, linear.parameter(), y, linear.bias(), name);
  }

  ValueId lowRank(
      PartExpression.LowRank lowRank, ValueId operand, int columns, @Nullable String name) {
    String parameter = parameters.apply(lowRank.parameter());
    ValueId down =
        at(lowRank).matrix(parameter + "_down", width(operand), lowRank.rank(), lowRank.weight());
    ValueId up = out.matrix(parameter + "_up", lowRank.rank(), columns, lowRank.weight());
    ValueId middle = add(lowRank, null, new Op.MatMul(false, false), operand, down);
    String product = lowRank.bias() == null ? name : null;
    ValueId y = add(lowRank, product, new Op.MatMul(false, false), middle, up);
    return biased(lowRank, lowRank.parameter(), y, lowRank.bias(), name);
  }

  ValueId conv(PartExpression.Conv conv, ValueId operand, @Nullable String name) {
    String parameter = parameters.apply(conv.parameter());
    ValueId weight = at(conv).matrix(parameter, conv.width(), width(operand), conv.weight());
    String plain = conv.bias() == null ? name : null;
    ValueId y = add(conv, plain, new Op.Recurrence(conv.shape()), operand, weight);
    return biased(conv, conv.parameter(), y, conv.bias(), name);
  }

  private ValueId biased(
      PartExpression place,
      String parameter,
      ValueId y,
      @Nullable Initializer bias,
      @Nullable String name) {
    if (bias == null) {
      return y;
    }
    ValueId row = at(place).vector(parameters.apply(parameter) + "_bias", width(y), bias);
    return add(
        place,
        name,
        new Op.Binary(BinaryFunction.ADD),
        y,
        out.graph().add(new Op.SpreadRow(), row));
  }

  private BlockBuilder at(PartExpression expression) {
    return out.at(expression.span());
  }

  private ValueId add(
      PartExpression expression, @Nullable String name, Op op, ValueId... operands) {
    return at(expression).graph().add(op, List.of(operands), name);
  }

  private int width(ValueId value) {
    return out.graph().type(value).columns();
  }
}
