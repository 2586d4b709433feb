package dev.swax.compiler.model.cell;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.runtime.program.Initializer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions of a cell as text: equal texts are equal values, wherever they were written. */
public final class CellText {
  private CellText() {}

  /** {@code layer_norm(y) * o}. Weights are named where they are used: {@code linear[q](x)}. */
  public static String of(CellExpression expression) {
    return switch (expression) {
      case CellExpression.Input _ -> "x";
      case CellExpression.Embedding _ -> "embedding";
      case CellExpression.Read read -> read.source().label();
      case CellExpression.Reference(_, String name, _) -> name;
      case CellExpression.OfState state -> state.text();
      case CellExpression.Constant(_, double value) -> number(value);
      case CellExpression.PerHead(_, var values) -> numbers(values);
      case CellExpression.OfGroup(_, var operand, _) -> of(operand);
      case CellExpression.Linear linear ->
          "linear["
              + linear.parameter()
              + "]("
              + of(linear.operand())
              + (linear.within() == null ? "" : ", within: " + linear.within())
              + bias(linear.bias())
              + ")";
      case CellExpression.Weight weight ->
          "weight[" + weight.parameter() + "](" + values(weight.initializer()) + ")";
      case CellExpression.WeightMatrix weight ->
          "weight[" + weight.parameter() + "](" + values(weight.initializer()) + ")";
      case CellExpression.LowRank lowRank ->
          "low_rank["
              + lowRank.parameter()
              + "]("
              + of(lowRank.operand())
              + ", "
              + lowRank.rank()
              + bias(lowRank.bias())
              + ")";
      case CellExpression.Scan scan ->
          "%s * %s + %s, over time".formatted(side(scan.decay()), scan.name(), of(scan.input()));
      case CellExpression.Conv conv ->
          "conv["
              + conv.parameter()
              + "]("
              + of(conv.operand())
              + ", "
              + conv.width()
              + bias(conv.bias())
              + ")";
      case CellExpression.Previous previous -> "previous(" + of(previous.operand()) + ")";
      case CellExpression.Unary(_, var function, var operand, _) ->
          function.name().toLowerCase(Locale.ROOT) + "(" + of(operand) + ")";
      case CellExpression.Binary binary -> binary(binary);
      case CellExpression.Power(_, var operand, double exponent, _) ->
          side(operand) + " ^ " + number(exponent);
      case CellExpression.Dot(_, var left, var right) -> side(left) + " . " + side(right);
      case CellExpression.Norm norm ->
          (norm.subtractMean() ? "layer_norm[" : "rmsnorm[")
              + norm.parameter()
              + "]("
              + of(norm.operand())
              + switch (norm.weights()) {
                case OWN -> "";
                case SHARED -> ", weights: shared";
                case NONE -> ", weights: none";
              }
              + (norm.over().equals("head") ? "" : ", over: " + norm.over())
              + ")";
      case CellExpression.UnitNorm norm -> "l2norm(" + of(norm.operand()) + ")";
      case CellExpression.Rotate rotate ->
          "rotate(%s, %s)".formatted(of(rotate.operand()), AttentionText.of(rotate.rotation()));
      case CellExpression.Concat concat ->
          "concat(%s, %s)".formatted(of(concat.left()), of(concat.right()));
      case CellExpression.Products products ->
          "products(%s, %s)".formatted(of(products.left()), of(products.right()));
      case CellExpression.Attend attend ->
          "attend(%s, %s, %s%s%s%s)"
              .formatted(
                  of(attend.q()),
                  of(attend.k()),
                  of(attend.v()),
                  attend.window() < 0 ? "" : ", window: no. " + (attend.window() + 1),
                  AttentionText.of(attend.shape()),
                  attend.sinks() == null ? "" : ", sinks: " + of(attend.sinks()));
      case CellExpression.Apply apply ->
          "%s[%s](%s)".formatted(apply.part().name(), apply.parameter(), of(apply.operand()));
      case CellExpression.Mixture mixture ->
          "mixture[%s](%s, %s)"
              .formatted(mixture.router(), of(mixture.expert()), mixture.routing().words());
    };
  }

  private static String bias(@Nullable Initializer bias) {
    return bias == null ? "" : ", bias: " + values(bias);
  }

  private static String values(Initializer initializer) {
    return switch (initializer) {
      case Initializer.Constant(double value) -> number(value);
      case Initializer.Linspace(double from, double to) ->
          "linspace(" + number(from) + ", " + number(to) + ")";
      case Initializer.Rows(double from, double to, _, int columns) ->
          "linspace(" + number(from) + ", " + number(to) + (columns == 1 ? ", within: head)" : ")");
      case Initializer.Power(double exponent, var of) -> values(of) + " ^ " + number(exponent);
      case Initializer.Normal(double deviation) -> "normal(" + number(deviation) + ")";
      case Initializer.Uniform(double from, double to) ->
          "uniform(" + number(from) + ", " + number(to) + ")";
      case Initializer.Of(var function, var of) ->
          function.name().toLowerCase(Locale.ROOT) + "(" + values(of) + ")";
      case Initializer.Affine(double scale, double shift, var of) ->
          (scale == 1 ? "" : number(scale) + " * ")
              + values(of)
              + (shift == 0 ? "" : " + " + number(shift));
    };
  }

  private static String binary(CellExpression.Binary binary) {
    String left = side(binary.left());
    String right = side(binary.right());
    return switch (binary.function()) {
      case ADD -> left + " + " + right;
      case SUBTRACT -> left + " - " + right;
      case MULTIPLY -> left + " * " + right;
      case DIVIDE -> left + " / " + right;
      case MAXIMUM -> "max(" + of(binary.left()) + ", " + of(binary.right()) + ")";
      case MINIMUM -> "min(" + of(binary.left()) + ", " + of(binary.right()) + ")";
      case GREATER -> left + " > " + right;
    };
  }

  /** As one side of an operator. */
  public static String side(CellExpression expression) {
    boolean bare =
        switch (expression) {
          case CellExpression.Binary binary ->
              binary.function() == BinaryFunction.MAXIMUM
                  || binary.function() == BinaryFunction.MINIMUM;
          case CellExpression.Power _, CellExpression.Dot _, CellExpression.Scan _ -> false;
          case CellExpression.OfGroup(_, var operand, _) -> side(operand).equals(of(operand));
          case CellExpression.Constant(_, double value) -> value >= 0;
          case CellExpression.Input _,
              CellExpression.Embedding _,
              CellExpression.Read _,
              CellExpression.Reference _,
              CellExpression.OfState _,
              CellExpression.PerHead _,
              CellExpression.Linear _,
              CellExpression.LowRank _,
              CellExpression.Conv _,
              CellExpression.Previous _,
              CellExpression.Unary _,
              CellExpression.Norm _,
              CellExpression.UnitNorm _,
              CellExpression.Rotate _,
              CellExpression.Attend _,
              CellExpression.Concat _,
              CellExpression.Products _,
              CellExpression.Apply _,
              CellExpression.Mixture _,
              CellExpression.Weight _,
              CellExpression.WeightMatrix _ ->
              true;
        };
    return bare ? of(expression) : "(" + of(expression) + ")";
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(CellText::number).collect(Collectors.joining(", ", "[", "]"));
  }

  /** At most nine digits and no trailing zeros. */
  public static String number(double value) {
    if (Math.abs(value) > Double.MAX_VALUE || Double.isNaN(value)) {
      return Double.toString(value);
    }
    return new BigDecimal(value).round(new MathContext(9)).stripTrailingZeros().toPlainString();
  }
}
