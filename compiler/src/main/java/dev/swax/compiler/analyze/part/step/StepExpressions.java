package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.step.StepWriter;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepValue;
import dev.swax.runtime.program.Initializer;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of a body in a step: computed for all tokens before, as operands, or inside of it.
 * They are computed inside where they read a state, and where that reads fewer numbers a token:
 * {@code exp(t * A)} is read as t, if A is learnt.
 */
final class StepExpressions {
  private final PartBody body;
  private final StepWriter out;
  private final SequencedMap<String, PartExpression> operands = new LinkedHashMap<>();
  private final SequencedMap<String, PartExpression> learnt = new LinkedHashMap<>();
  private final Map<PartExpression, View> bound = new IdentityHashMap<>();
  private final Map<PartExpression, View> known = new LinkedHashMap<>();
  private final Map<String, View> parameters = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();

  /** How a value is laid out: {@code rows * columns} in each head, or for all of them. */
  record Dimensions(boolean each, int rows, int columns) {}

  StepExpressions(PartBody body, StepWriter out) {
    this.body = body;
    this.out = out;
    taken.add("y");
    taken.addAll(body.states().keySet());
  }

  /** The operands of the step: for each token, then parameters. */
  SequencedMap<String, PartExpression> operands() {
    var all = new LinkedHashMap<>(operands);
    all.putAll(learnt);
    return all;
  }

  /** A step reads something of a token, be it a 0. */
  void requireOperand(Span span) {
    if (operands.isEmpty()) {
      String name = unique("none");
      operands.put(name, new PartExpression.Constant(span, 0));
      out.input(StepValue.Kind.OPERAND, name, true, 1, 1);
    }
  }

  /** Says what stands for an expression. */
  void bind(PartExpression placeholder, View view) {
    bound.put(placeholder, view);
  }

  /** A value that does not read a state. */
  View of(PartExpression expression, Dimensions dimensions) {
    View view = bound.get(expression);
    view = view == null ? known.get(expression) : view;
    if (view != null) {
      return new View(view.value(), view.each(), dimensions.rows(), dimensions.columns());
    }
    boolean inside =
        expression.isFixed() || readsState(expression) || numbers(expression) < width(expression);
    view = inside ? inside(expression, dimensions) : operand(expression, dimensions);
    known.put(expression, view);
    return view;
  }

  private static boolean readsState(PartExpression expression) {
    return expression instanceof PartExpression.OfState
        || expression.operands().stream().anyMatch(StepExpressions::readsState);
  }

  /** Numbers that are read for each token if an expression is computed inside. */
  private long numbers(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Constant _, PartExpression.PerHead _, PartExpression.Weight _ -> 0;
      case PartExpression.Reference(_, String name, _) -> {
        PartExpression value = value(name);
        yield value == null ? width(expression) : Math.min(width(expression), numbers(value));
      }
      case PartExpression.Unary _,
          PartExpression.Binary _,
          PartExpression.Power _,
          PartExpression.Dot _ ->
          Math.min(
              width(expression), expression.operands().stream().mapToLong(this::numbers).sum());
      default -> width(expression);
    };
  }

  private @Nullable PartExpression value(String name) {
    return body.definitions().get(name) instanceof PartBody.Defined(_, _, Term.Plain plain, _)
        ? plain.expression()
        : null;
  }

  private long width(PartExpression expression) {
    return isWide(expression) ? expression.size() : (long) body.heads() * expression.size();
  }

  /** Whether a value is as wide as the model, not per head. */
  private boolean isWide(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Input _, PartExpression.Embedding _ -> true;
      case PartExpression.Read read -> read.toWidth();
      case PartExpression.OfState state -> state.toWidth();
      case PartExpression.Linear linear -> linear.toWidth();
      case PartExpression.LowRank lowRank -> lowRank.toWidth();
      case PartExpression.Weight weight -> weight.toWidth();
      case PartExpression.Reference(_, String name, _) -> {
        PartExpression value = value(name);
        yield value != null && isWide(value);
      }
      default -> expression.operands().stream().anyMatch(this::isWide);
    };
  }

  private View operand(PartExpression expression, Dimensions dimensions) {
    String name = name(expression);
    operands.put(name, expression);
    boolean each = !isWide(expression);
    return out.input(StepValue.Kind.OPERAND, name, each, dimensions.rows(), dimensions.columns());
  }

  private String name(PartExpression expression) {
    String wanted =
        expression instanceof PartExpression.Reference(_, String name, _)
            ? name
            : expression instanceof PartExpression.Input ? "x" : "u";
    return unique(wanted);
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** A value that is computed in the step, whatever it costs. */
  View inside(PartExpression expression, Dimensions dimensions) {
    View view = bound.get(expression);
    if (view != null) {
      return view;
    }
    return switch (expression) {
      case PartExpression.Constant(_, double value) -> out.constant(value);
      case PartExpression.PerHead(_, var values) -> out.constant(values);
      case PartExpression.Weight weight -> weight(weight, dimensions);
      case PartExpression.Reference(_, String name, _) -> {
        PartExpression value = value(name);
        yield value == null || numbers(value) >= width(expression)
            ? operand(expression, dimensions)
            : of(value, dimensions);
      }
      case PartExpression.Unary unary ->
          out.unary(
              StepFunction.valueOf(unary.function().name()), side(unary.operand(), dimensions));
      case PartExpression.Binary binary ->
          out.binary(
              StepTerms.function(binary.function()),
              side(binary.left(), dimensions),
              side(binary.right(), dimensions));
      case PartExpression.Power power ->
          new StepPowers(out).of(side(power.operand(), dimensions), power.exponent());
      case PartExpression.Dot(_, var left, var right) -> out.dot(vector(left), vector(right));
      case PartExpression.UnitNorm norm -> unitNorm(norm);
      case PartExpression.Norm norm -> norm(norm);
      case PartExpression.Conv conv ->
          ofState(conv.span(), "`conv` reads the tokens before this one");
      case PartExpression.Previous previous ->
          ofState(previous.span(), "`previous` reads the token before this one");
      case PartExpression.Rotate rotate ->
          ofState(rotate.span(), "`rotate` needs the position of the token");
      case PartExpression.Concat concat ->
          ofState(concat.span(), "`concat` joins values of all tokens at once");
      case PartExpression.Products products ->
          ofState(products.span(), "`products` multiplies values of all tokens at once");
      case PartExpression.Attend attend ->
          ofState(attend.span(), "`attend` reads the tokens before this one");
      case PartExpression.Apply apply ->
          ofState(apply.span(), "`%s` is a part of its own".formatted(apply.part().name()));
      case PartExpression.Mixture mixture ->
          ofState(mixture.span(), "`mixture` has its own weights");
      case PartExpression.Linear linear -> linear(linear);
      case PartExpression.LowRank lowRank -> lowRank(lowRank);
      case PartExpression.Input _,
          PartExpression.Embedding _,
          PartExpression.Read _,
          PartExpression.OfGroup _,
          PartExpression.OfState _,
          PartExpression.Scan _,
          PartExpression.WeightMatrix _ ->
          operand(expression, dimensions);
    };
  }

  /** A part of an expression: as large as that, or one number. */
  private View side(PartExpression side, Dimensions dimensions) {
    boolean one = side.size() == 1;
    return of(
        side,
        new Dimensions(!isWide(side), one ? 1 : dimensions.rows(), one ? 1 : dimensions.columns()));
  }

  private View vector(PartExpression expression) {
    return of(expression, new Dimensions(!isWide(expression), 1, expression.size()));
  }

  private View unitNorm(PartExpression.UnitNorm norm) {
    View x = vector(norm.operand());
    return out.multiply(x, inverse(out.dot(x, x), norm.epsilon()));
  }

  private View norm(PartExpression.Norm norm) {
    View x = vector(norm.operand());
    int channels = x.each() ? body.heads() * norm.size() : norm.size();
    boolean heads = x.each() && norm.groups() == body.heads();
    int columns = channels / norm.groups();
    View table = heads ? x : new View(x.value(), false, norm.groups(), columns);
    int split = !heads && x.each() ? norm.size() : 0;
    View share = out.constant(1.0 / columns);
    View centred = table;
    if (norm.subtractMean()) {
      View mean = out.multiply(out.sums(table, out.constant(1)), share);
      centred = out.perRow(StepFunction.SUBTRACT, table, mean, split);
      centred = new View(centred.value(), table.each(), table.rows(), table.columns());
    }
    View square = out.multiply(out.sums(centred, centred), share);
    View scaled =
        out.perRow(StepFunction.MULTIPLY, centred, inverse(square, norm.epsilon()), split);
    View whole = new View(scaled.value(), x.each(), 1, norm.size());
    return norm.weights() == PartExpression.Norm.Weights.NONE
        ? whole
        : out.multiply(whole, normWeight(norm, x.each()));
  }

  private View normWeight(PartExpression.Norm norm, boolean each) {
    var one = new Initializer.Constant(1);
    boolean shared = norm.weights() == PartExpression.Norm.Weights.SHARED;
    return vector(norm.span(), norm.parameter(), norm.size(), shared || !each, one);
  }

  /** What is not there while the next state is computed. */
  private View ofState(Span span, String why) {
    body.report(
        Code.CONV_OF_STATE,
        span,
        why + ", so it cannot be part of what is computed token by token from a state",
        null);
    return out.constant(0);
  }

  private View inverse(View square, double epsilon) {
    return out.unary(StepFunction.RECIPROCAL_SQRT, out.add(square, out.constant(epsilon)));
  }

  private View weight(PartExpression.Weight weight, Dimensions dimensions) {
    View view =
        vector(
            weight.span(),
            weight.parameter(),
            weight.size(),
            weight.toWidth(),
            weight.initializer());
    return new View(view.value(), view.each(), dimensions.rows(), dimensions.columns());
  }

  /** A learnt vector of each head, or one as wide as the model. */
  private View vector(Span span, String parameter, int size, boolean toWidth, Initializer values) {
    View made = parameters.get(parameter);
    if (made == null) {
      int columns = toWidth ? size : body.heads() * size;
      String name = unique(parameter);
      learnt.put(name, new PartExpression.Weight(span, parameter, size, toWidth, values));
      made = out.parameter(name, !toWidth, 1, size, columns);
      parameters.put(parameter, made);
    }
    return made;
  }

  private View matrix(
      Span span, String parameter, int rows, int columns, boolean each, Initializer values) {
    View made = parameters.get(parameter);
    if (made == null) {
      String name = unique(parameter);
      learnt.put(name, new PartExpression.WeightMatrix(span, parameter, rows, columns, values));
      int own = each ? rows / body.heads() : rows;
      made = out.parameter(name, each, own, columns, columns);
      parameters.put(parameter, made);
    }
    return made;
  }

  private View linear(PartExpression.Linear linear) {
    if (linear.blocks() > 1) {
      return withinHead(linear);
    }
    View x = whole(linear.operand(), linear.inputs());
    View product =
        project(
            x, linear.span(), linear.parameter(), linear.size(), linear.toWidth(), linear.weight());
    return biased(
        product, linear.span(), linear.parameter(), linear.size(), linear.toWidth(), linear.bias());
  }

  private View withinHead(PartExpression.Linear linear) {
    View x = vector(linear.operand());
    x = x.each() ? x : out.split(x, x.columns() / body.heads());
    View weight =
        matrix(
            linear.span(),
            linear.parameter(),
            linear.inputs(),
            linear.size(),
            true,
            linear.weight());
    View product = out.read(x, weight);
    return biased(product, linear.span(), linear.parameter(), linear.size(), false, linear.bias());
  }

  private View lowRank(PartExpression.LowRank lowRank) {
    View x = whole(lowRank.operand(), lowRank.inputs());
    View down =
        matrix(
            lowRank.span(),
            lowRank.parameter() + "_down",
            lowRank.inputs(),
            lowRank.rank(),
            false,
            lowRank.weight());
    View middle = out.projection(x, down, 0);
    View product =
        project(
            middle,
            lowRank.span(),
            lowRank.parameter() + "_up",
            lowRank.size(),
            lowRank.toWidth(),
            lowRank.weight());
    return biased(
        product,
        lowRank.span(),
        lowRank.parameter(),
        lowRank.size(),
        lowRank.toWidth(),
        lowRank.bias());
  }

  private View project(
      View x, Span span, String parameter, int size, boolean toWidth, Initializer values) {
    int columns = toWidth ? size : body.heads() * size;
    View weight = matrix(span, parameter, x.columns(), columns, false, values);
    return out.projection(x, weight, toWidth ? 0 : size);
  }

  /** All channels of all heads. */
  private View whole(PartExpression operand, int columns) {
    return new View(vector(operand).value(), false, 1, columns);
  }

  private View biased(
      View product,
      Span span,
      String parameter,
      int size,
      boolean toWidth,
      @Nullable Initializer bias) {
    return bias == null
        ? product
        : out.add(product, vector(span, parameter + "_bias", size, toWidth, bias));
  }
}
