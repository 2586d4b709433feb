package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartExpression.Norm.Weights;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** {@code rmsnorm}, {@code layer_norm} and {@code l2norm}. */
final class NormChecker {
  private static final double DEFAULT_EPSILON = 1e-6;
  private static final String HEAD = "head";
  private static final String WIDTH = "width";
  private static final String SHARED = "shared";
  private static final String NONE = "none";

  private final PartBody body;
  private final ExpressionChecker expressions;

  NormChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  @Nullable Term norm(
      PartFunction function,
      Span span,
      SequencedMap<String, Expression> arguments,
      @Nullable Shape wanted) {
    Expression written = value(arguments);
    Shape own = expressions.infer(written);
    Term operand = expressions.check(written, own == null ? wanted : own);
    Double number = epsilon(span, arguments);
    String weights =
        Words.of(body, "weights", arguments.get("weights"), List.of("own", SHARED, NONE));
    Expression over = arguments.get("over");
    if (operand == null || number == null || weights == null) {
      return null;
    }
    if (!isNormed(function, operand, over)) {
      return null;
    }
    Integer groups = over == null ? Integer.valueOf(body.copies()) : groups(over);
    boolean shared = weights.equals(SHARED);
    var kind = Weights.valueOf(weights.toUpperCase(Locale.ROOT));
    if (groups == null || !mayShare(shared, operand) || !divides(groups, operand, span)) {
      return null;
    }
    String parameter = kind == Weights.NONE ? "" : body.parameter("norm");
    int size = operand.shape().size();
    String each = over == null ? HEAD : over.span().words();
    boolean subtractMean = function == PartFunction.LAYER_NORM;
    return TermBuilder.apply(
        span,
        function.text(),
        operand,
        operand.shape(),
        e ->
            new PartExpression.Norm(
                span, parameter, e, size, each, groups, kind, subtractMean, number));
  }

  @Nullable Term unitNorm(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    Term operand = expressions.check(value(arguments), wanted);
    Double number = epsilon(span, arguments);
    return operand == null || number == null || !isNormed(PartFunction.L2NORM, operand, null)
        ? null
        : TermBuilder.apply(
            span,
            PartFunction.L2NORM.text(),
            operand,
            operand.shape(),
            e -> new PartExpression.UnitNorm(span, e, operand.shape().size(), number));
  }

  private static Expression value(SequencedMap<String, Expression> arguments) {
    return Objects.requireNonNull(arguments.get("x"));
  }

  /** Whether a value has the channels that are normalised; reported if not. */
  private boolean isNormed(PartFunction function, Term operand, @Nullable Expression over) {
    boolean heads = over == null || isWord(over, HEAD);
    if (operand.shape() instanceof Shape.Vector
        || (operand.shape() instanceof Shape.Width && !heads)) {
      return true;
    }
    boolean wide = operand.shape() instanceof Shape.Width && function != PartFunction.L2NORM;
    body.report(
        Code.HEAD_SHAPE,
        operand.span(),
        "`%s` normalises the channels of each head, but this is %s"
            .formatted(function.text(), operand.shape()),
        wide ? "`over: width`" : null);
    return false;
  }

  /** How many groups of channels are normalised each by itself; null after a report. */
  private @Nullable Integer groups(Expression over) {
    if (isWord(over, HEAD)) {
      return body.copies();
    }
    if (isWord(over, WIDTH)) {
      return 1;
    }
    if (!(over instanceof Expression.Name name)) {
      Words.misfit(body, "over", over, List.of(HEAD, "a parameter that counts groups", WIDTH));
      return null;
    }
    HeadGroups groups = Grouping.of(body, name);
    return groups == null ? null : groups.count();
  }

  private static boolean isWord(Expression expression, String word) {
    return expression instanceof Expression.Name name && name.text().equals(word);
  }

  private boolean mayShare(boolean shared, Term operand) {
    if (!shared || operand.shape() instanceof Shape.Vector) {
      return true;
    }
    body.report(
        Code.HEAD_SHAPE,
        operand.span(),
        "`weights: shared` is for values of heads, but this is " + operand.shape(),
        null);
    return false;
  }

  private boolean divides(int groups, Term operand, Span span) {
    int columns = body.channels(operand.shape());
    if (columns % groups == 0) {
      return true;
    }
    body.report(
        Code.GROUPS_DO_NOT_DIVIDE,
        span,
        "%s groups do not divide %s channels".formatted(groups, columns),
        null);
    return false;
  }

  /** The epsilon of a norm, or null after a report. */
  private @Nullable Double epsilon(Span span, SequencedMap<String, Expression> arguments) {
    Expression epsilon = arguments.get("epsilon");
    Double number = epsilon == null ? Double.valueOf(DEFAULT_EPSILON) : expressions.number(epsilon);
    if (number != null && number <= 0) {
      body.report(
          Code.CELL_NUMBER,
          span,
          "the epsilon of a norm must be above 0, but this is " + number,
          null);
      return null;
    }
    return number;
  }
}
