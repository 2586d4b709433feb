package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.program.Initializer;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code conv(x, width)}: a filter over the last tokens for each channel; {@code previous(x)}: the
 * token before.
 */
final class ConvChecker {
  private final PartBody body;
  private final ExpressionChecker expressions;
  private final Initializers initializers;
  private String defining = PartBody.OUTPUT;

  ConvChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
    initializers = new Initializers(body, expressions);
  }

  /** Filters from now on belong to that definition. */
  void defining(String name) {
    defining = name;
  }

  @Nullable Term conv(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    String parameter = body.parameter(defining + "_conv", "_bias");
    Expression input = Objects.requireNonNull(arguments.get("x"));
    Term operand = perToken("conv", input, expressions.check(input, wanted));
    Expression tokens = Objects.requireNonNull(arguments.get("width"));
    Integer width = Sizes.of(body, expressions, tokens, "the width of a filter");
    Initializer bias = initializers.bias(arguments.get("bias"));
    Initializer weight = width == null ? null : weight(arguments.get("init"), width);
    if (operand == null || width == null || weight == null || !fits(tokens, operand, width)) {
      return null;
    }
    int channels = body.channels(operand.shape());
    int size = operand.shape().size();
    return TermBuilder.apply(
        span,
        "conv",
        operand,
        operand.shape(),
        e -> new PartExpression.Conv(span, parameter, e, channels, size, width, weight, bias));
  }

  /** The value of the token before. */
  @Nullable Term previous(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    Expression input = Objects.requireNonNull(arguments.get("x"));
    Term operand = perToken("previous", input, expressions.check(input, wanted));
    if (operand == null) {
      return null;
    }
    int channels = body.channels(operand.shape());
    int size = operand.shape().size();
    return TermBuilder.apply(
        span,
        "previous",
        operand,
        operand.shape(),
        e -> new PartExpression.Previous(span, e, channels, size));
  }

  /** By default as in PyTorch. */
  private @Nullable Initializer weight(@Nullable Expression init, int width) {
    double most = 1 / Math.sqrt(width);
    return init == null ? new Initializer.Uniform(-most, most) : initializers.weight(init, null);
  }

  private @Nullable Term perToken(String function, Expression expression, @Nullable Term operand) {
    if (operand == null
        || operand.shape() instanceof Shape.Vector
        || operand.shape() instanceof Shape.Width) {
      return operand;
    }
    body.report(
        Code.HEAD_SHAPE,
        expression.span(),
        "`%s` takes a value for each token, but this is %s".formatted(function, operand.shape()),
        null);
    return null;
  }

  /** Whether the tokens that a sequence keeps are not too many; reported if they are. */
  private boolean fits(Expression tokens, Term operand, int width) {
    int channels = body.channels(operand.shape());
    if (width - 1 <= StateLimit.MOST / channels) {
      return true;
    }
    body.report(
        Code.CONV_STATE,
        tokens.span(),
        "`conv` keeps the last %s tokens of %s channels, but at most %s numbers are allowed"
            .formatted(width - 1, channels, StateLimit.MOST),
        "a width of at most %s".formatted(StateLimit.MOST / channels + 1));
    return false;
  }
}
