package dev.swax.compiler.model.part;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.runtime.program.Initializer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions of a cell as text: equal texts are equal values, wherever they were written. */
public final class PartText {
  private PartText() {}

  /** {@code layer_norm(y) * o}. Weights are named where they are used: {@code linear[q](x)}. */
  public static String of(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Input _ -> "x";
      case PartExpression.Embedding _ -> "embedding";
      case PartExpression.Read read -> read.source().label();
      case PartExpression.Reference(_, String name, _) -> name;
      case PartExpression.OfState state -> state.text();
      case PartExpression.Constant(_, double value) -> number(value);
      case PartExpression.PerHead(_, var values) -> numbers(values);
      case PartExpression.OfGroup(_, var operand, _) -> of(operand);
      case PartExpression.Linear linear ->
          "linear["
              + linear.parameter()
              + "]("
              + of(linear.operand())
              + (linear.within() == null ? "" : ", within: " + linear.within())
              + bias(linear.bias())
              + ")";
      case PartExpression.Weight weight ->
          "weight[" + weight.parameter() + "](" + values(weight.initializer()) + ")";
      case PartExpression.WeightMatrix weight ->
          "weight[" + weight.parameter() + "](" + values(weight.initializer()) + ")";
      case PartExpression.LowRank lowRank ->
          "low_rank["
              + lowRank.parameter()
              + "]("
              + of(lowRank.operand())
              + ", "
              + lowRank.rank()
              + bias(lowRank.bias())
              + ")";
      case PartExpression.Scan scan ->
          "%s * %s + %s, over time".formatted(side(scan.decay()), scan.name(), of(scan.input()));
      case PartExpression.Conv conv ->
          "conv["
              + conv.parameter()
              + "]("
              + of(conv.operand())
              + ", "
              + conv.width()
              + bias(conv.bias())
              + ")";
      case PartExpression.Previous previous -> "previous(" + of(previous.operand()) + ")";
      case PartExpression.Unary(_, var function, var operand, _) ->
          function.name().toLowerCase(Locale.ROOT) + "(" + of(operand) + ")";
      case PartExpression.Binary binary -> binary(binary);
      case PartExpression.Power(_, var operand, double exponent, _) ->
          side(operand) + " ^ " + number(exponent);
      case PartExpression.Dot(_, var left, var right) -> side(left) + " . " + side(right);
      case PartExpression.Norm norm ->
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
      case PartExpression.UnitNorm norm -> "l2norm(" + of(norm.operand()) + ")";
      case PartExpression.Rotate rotate ->
          "rotate(%s, %s)".formatted(of(rotate.operand()), AttentionText.of(rotate.rotation()));
      case PartExpression.Concat concat ->
          "concat(%s, %s)".formatted(of(concat.left()), of(concat.right()));
      case PartExpression.Products products ->
          "products(%s, %s)".formatted(of(products.left()), of(products.right()));
      case PartExpression.Attend attend ->
          "attend(%s, %s, %s%s%s%s)"
              .formatted(
                  of(attend.q()),
                  of(attend.k()),
                  of(attend.v()),
                  attend.window() < 0 ? "" : ", window: no. " + (attend.window() + 1),
                  AttentionText.of(attend.shape()),
                  attend.sinks() == null ? "" : ", sinks: " + of(attend.sinks()));
      case PartExpression.Apply apply ->
          "%s[%s](%s)".formatted(apply.part().name(), apply.parameter(), of(apply.operand()));
      case PartExpression.Mixture mixture ->
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

  private static String binary(PartExpression.Binary binary) {
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
  public static String side(PartExpression expression) {
    boolean bare =
        switch (expression) {
          case PartExpression.Binary binary ->
              binary.function() == BinaryFunction.MAXIMUM
                  || binary.function() == BinaryFunction.MINIMUM;
          case PartExpression.Power _, PartExpression.Dot _, PartExpression.Scan _ -> false;
          case PartExpression.OfGroup(_, var operand, _) -> side(operand).equals(of(operand));
          case PartExpression.Constant(_, double value) -> value >= 0;
          case PartExpression.Input _,
              PartExpression.Embedding _,
              PartExpression.Read _,
              PartExpression.Reference _,
              PartExpression.OfState _,
              PartExpression.PerHead _,
              PartExpression.Linear _,
              PartExpression.LowRank _,
              PartExpression.Conv _,
              PartExpression.Previous _,
              PartExpression.Unary _,
              PartExpression.Norm _,
              PartExpression.UnitNorm _,
              PartExpression.Rotate _,
              PartExpression.Attend _,
              PartExpression.Concat _,
              PartExpression.Products _,
              PartExpression.Apply _,
              PartExpression.Mixture _,
              PartExpression.Weight _,
              PartExpression.WeightMatrix _ ->
              true;
        };
    return bare ? of(expression) : "(" + of(expression) + ")";
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(PartText::number).collect(Collectors.joining(", ", "[", "]"));
  }

  /** At most nine digits and no trailing zeros. */
  public static String number(double value) {
    if (Math.abs(value) > Double.MAX_VALUE || Double.isNaN(value)) {
      return Double.toString(value);
    }
    return new BigDecimal(value).round(new MathContext(9)).stripTrailingZeros().toPlainString();
  }
}
