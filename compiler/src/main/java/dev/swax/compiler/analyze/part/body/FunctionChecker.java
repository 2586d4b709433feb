package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Calls inside a cell. */
final class FunctionChecker {
  private final PartBody body;
  private final TermBuilder builder;
  private final ExpressionChecker expressions;
  private final LinearChecker linears;
  private final NormChecker norms;
  private final ConvChecker convolutions;
  private final AttentionChecker attentions;
  private final RotationChecker rotations;
  private final ConcatChecker concats;
  private final ArgumentBinder binder;
  private final PartChecker parts;
  private final MixtureChecker mixtures;

  FunctionChecker(PartBody body, TermBuilder builder, ExpressionChecker expressions) {
    this.body = body;
    this.builder = builder;
    this.expressions = expressions;
    linears = new LinearChecker(body, expressions);
    norms = new NormChecker(body, expressions);
    convolutions = new ConvChecker(body, expressions);
    attentions = new AttentionChecker(body, expressions);
    rotations = new RotationChecker(body, expressions);
    concats = new ConcatChecker(body, expressions);
    binder = new ArgumentBinder(body);
    parts = new PartChecker(body, expressions);
    mixtures = new MixtureChecker(body, expressions, parts);
  }

  void defining(String name) {
    linears.defining(name);
    convolutions.defining(name);
    attentions.defining(name);
  }

  @Nullable Term call(Expression.Call call, @Nullable Shape wanted) {
    String name = call.callee().text();
    if (parts.has(call)) {
      return parts.apply(call);
    }
    Optional<UnaryFunction> elementwise = UnaryFunction.find(name);
    if (elementwise.isPresent()) {
      return elementwise(elementwise.get(), call, wanted);
    }
    PartFunction function = PartFunction.find(name).orElse(null);
    if (function == null) {
      body.report(
          Code.UNKNOWN_NAME,
          call.callee().span(),
          "a cell has no function called `%s`".formatted(name),
          DidYouMean.choices(name, PartFunction.names()).orElse(null));
      return null;
    }
    var arguments = binder.bind(function.signature(), call);
    return arguments == null ? null : call(function, call.span(), arguments, wanted);
  }

  private @Nullable Term elementwise(
      UnaryFunction function, Expression.Call call, @Nullable Shape wanted) {
    var arguments = binder.bind(PartFunction.Signature.of(function), call);
    Term operand = arguments == null ? null : expressions.check(value(arguments, "x"), wanted);
    return operand == null ? null : builder.unary(call.span(), function.text(), function, operand);
  }

  private @Nullable Term call(
      PartFunction function,
      Span span,
      SequencedMap<String, Expression> arguments,
      @Nullable Shape wanted) {
    return switch (function) {
      case LINEAR -> linears.linear(span, arguments, wanted);
      case LOW_RANK -> linears.lowRank(span, arguments, wanted);
      case WEIGHT -> linears.weight(span, arguments, wanted);
      case OWN -> own(value(arguments, "x"), wanted);
      case ATTEND -> attentions.attend(span, arguments);
      case ROTATE -> rotations.rotate(span, arguments, wanted);
      case CONCAT -> concats.concat(span, arguments);
      case PRODUCTS -> concats.products(span, arguments);
      case PREVIOUS -> convolutions.previous(span, arguments, wanted);
      case MIXTURE -> mixtures.mixture(span, arguments);
      case CONV -> convolutions.conv(span, arguments, wanted);
      case L2NORM -> norms.unitNorm(span, arguments, wanted);
      case LAYER_NORM, RMSNORM -> norms.norm(function, span, arguments, wanted);
      case OUTER -> outer(span, arguments);
      case DIAG -> diagonal(span, value(arguments, "x"));
      case SOFT_CAP -> softCap(span, arguments, wanted);
      case ELU -> elu(span, expressions.check(value(arguments, "x"), wanted));
      case GELU_ERF -> geluErf(span, expressions.check(value(arguments, "x"), wanted));
      case MAX -> pair(span, BinaryFunction.MAXIMUM, "max", arguments, wanted);
      case MIN -> pair(span, BinaryFunction.MINIMUM, "min", arguments, wanted);
    };
  }

  private static Expression value(SequencedMap<String, Expression> arguments, String name) {
    return Objects.requireNonNull(arguments.get(name), name);
  }

  /** The value itself; its weights are those of each place. */
  private @Nullable Term own(Expression value, @Nullable Shape wanted) {
    int before = body.weights().own().size();
    Term term = body.weights().<@Nullable Term>own(() -> expressions.check(value, wanted));
    if (term != null && body.weights().own().size() == before) {
      body.report(
          Code.CELL_ARGUMENTS,
          value.span(),
          "`own` gives each place weights of its own, but `%s` has no weights"
              .formatted(value.span().words()),
          null);
      return null;
    }
    return term;
  }

  private @Nullable Term outer(Span span, SequencedMap<String, Expression> arguments) {
    Term left = expressions.check(value(arguments, "left"));
    Term right = expressions.check(value(arguments, "right"));
    return left == null || right == null ? null : builder.outer(span, left, right);
  }

  private @Nullable Term diagonal(Span span, Expression argument) {
    Term operand = expressions.check(argument);
    if (operand == null) {
      return null;
    }
    if (operand.shape() instanceof Shape.Vector(int size)) {
      return new Term.Diagonal(span, operand, new Shape.Diagonal(size));
    }
    body.report(
        Code.HEAD_SHAPE,
        argument.span(),
        "`diag` takes a vector per head, but this is " + operand.shape(),
        null);
    return null;
  }

  /** {@code cap tanh(x / cap)}. */
  private @Nullable Term softCap(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    Term operand = expressions.check(value(arguments, "x"), wanted);
    Double cap = expressions.number(value(arguments, "cap"));
    if (operand == null || cap == null) {
      return null;
    }
    if (cap <= 0) {
      body.report(
          Code.CELL_NUMBER,
          value(arguments, "cap").span(),
          "a cap must be above 0, but this is " + cap,
          null);
      return null;
    }
    Term scaled = with(span, BinaryFunction.DIVIDE, operand, cap);
    Term bounded =
        scaled == null ? null : builder.unary(span, "soft_cap", UnaryFunction.TANH, scaled);
    return bounded == null
        ? null
        : builder.binary(
            span, "*", BinaryFunction.MULTIPLY, TermBuilder.constant(span, cap), bounded);
  }

  /** {@code max(x, 0) + exp(min(x, 0)) - 1}. */
  private @Nullable Term elu(Span span, @Nullable Term x) {
    Term above = x == null ? null : with(span, BinaryFunction.MAXIMUM, x, 0);
    Term below = x == null ? null : with(span, BinaryFunction.MINIMUM, x, 0);
    Term curve = below == null ? null : builder.unary(span, "elu", UnaryFunction.EXP, below);
    if (above == null || curve == null) {
      return null;
    }
    Term sum = builder.binary(span, "elu", BinaryFunction.ADD, above, curve);
    return sum == null ? null : with(span, BinaryFunction.SUBTRACT, sum, 1);
  }

  /** {@code x / 2 (1 + erf(x / sqrt(2)))}. */
  private @Nullable Term geluErf(Span span, @Nullable Term x) {
    Term scaled = x == null ? null : with(span, BinaryFunction.MULTIPLY, x, Math.sqrt(0.5));
    Term erf = scaled == null ? null : builder.unary(span, "gelu_erf", UnaryFunction.ERF, scaled);
    Term half = x == null ? null : with(span, BinaryFunction.MULTIPLY, x, 0.5);
    if (erf == null || half == null) {
      return null;
    }
    Term share = with(span, BinaryFunction.ADD, erf, 1);
    return share == null
        ? null
        : builder.binary(span, "gelu_erf", BinaryFunction.MULTIPLY, half, share);
  }

  private @Nullable Term with(Span span, BinaryFunction function, Term left, double right) {
    return builder.binary(span, "", function, left, TermBuilder.constant(span, right));
  }

  private @Nullable Term pair(
      Span span,
      BinaryFunction function,
      String name,
      SequencedMap<String, Expression> arguments,
      @Nullable Shape wanted) {
    Term left = expressions.check(value(arguments, "left"), wanted);
    Term right = expressions.check(value(arguments, "right"), wanted);
    return left == null || right == null ? null : builder.binary(span, name, function, left, right);
  }
}
