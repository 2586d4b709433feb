package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** {@code rotate(q, base, share, pairs, scale)}. */
final class RotationChecker {
  private static final String LINEAR = "linear";
  private static final String LLAMA3 = "llama3";
  private static final String YARN = "yarn";
  private static final String LONGROPE = "longrope";
  private static final int PERCENT = 100;

  // Shares are worked out in double.
  private static final double ROUNDING = 1e-9;

  private final PartBody body;
  private final ExpressionChecker expressions;
  private final ArgumentBinder binder;

  RotationChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
    binder = new ArgumentBinder(body);
  }

  @Nullable Term rotate(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    Expression written = Objects.requireNonNull(arguments.get("x"));
    Term operand = expressions.check(written, wanted);
    Expression base = Objects.requireNonNull(arguments.get("base"));
    if (operand == null || expressions.isNone(base)) {
      return operand;
    }
    if (!(operand.shape() instanceof Shape.Vector(int size))) {
      body.report(
          Code.HEAD_SHAPE,
          written.span(),
          "`rotate` takes a vector per head, but this is " + operand.shape(),
          null);
      return null;
    }
    Double theta = above(0, base, "the base of rotary positions");
    Integer columns = columns(written, arguments.get("share"), size);
    String pairs = Words.of(body, "pairs", arguments.get("pairs"), List.of("interleaved", "half"));
    RopeScaling scaling = columns == null ? null : scaling(arguments.get("scale"), columns / 2);
    if (theta == null || columns == null || pairs == null || scaling == null) {
      return null;
    }
    int copies = body.copies();
    var kind = Rotation.Pairs.valueOf(pairs.toUpperCase(Locale.ROOT));
    var rotation = new Rotation(size, columns, theta, kind, scaling);
    return TermBuilder.apply(
        span,
        "rotate",
        operand,
        operand.shape(),
        e ->
            e instanceof PartExpression.OfGroup(_, var inner, var groups)
                ? new PartExpression.OfGroup(
                    span,
                    new PartExpression.Rotate(span, inner, groups.count(), rotation, size),
                    groups)
                : new PartExpression.Rotate(span, e, copies, rotation, size));
  }

  /** How many columns of each head are turned; null after a report. */
  private @Nullable Integer columns(Expression written, @Nullable Expression share, int size) {
    Double part = share == null ? Double.valueOf(1) : above(0, share, "a share of a head");
    if (part == null) {
      return null;
    }
    if (share == null || part == 1) {
      return size % 2 == 0 ? Integer.valueOf(size) : odd(written, size);
    }
    double columns = part * size;
    double whole = Math.rint(columns);
    if (part > 1 || Math.abs(columns - whole) > ROUNDING * size || whole % 2 != 0) {
      body.report(
          Code.ROTARY_SHARE,
          share.span(),
          "%s %% of a head of %d columns is %s, but rotary positions turn columns in pairs, so they need an even number"
              .formatted(Numbers.text(PERCENT * part), size, Numbers.text(columns)),
          size < 2 ? null : "`share: %d / %d`".formatted(fitting(part, size), size));
      return null;
    }
    return (int) whole;
  }

  /** The most columns that are pairs and no more than a share, but at least one pair. */
  private static int fitting(double part, int size) {
    return Math.max(2, (int) (Math.min(1, part) * size / 2) * 2);
  }

  private @Nullable Integer odd(Expression written, int size) {
    body.report(
        Code.ODD_HEAD_WIDTH,
        written.span(),
        "the head width is %d, but rotary positions rotate pairs of columns, so it must be even"
            .formatted(size),
        "`rope: none`");
    return null;
  }

  private @Nullable RopeScaling scaling(@Nullable Expression written, int pairs) {
    if (written == null || expressions.isNone(written)) {
      return new RopeScaling.None();
    }
    Expression given = expressions.chosen(written);
    if (given instanceof Expression.Call call) {
      switch (call.callee().text()) {
        case LINEAR -> {
          return linear(call);
        }
        case LLAMA3 -> {
          return llama3(call);
        }
        case YARN -> {
          return yarn(call);
        }
        case LONGROPE -> {
          return longrope(call, pairs);
        }
        default -> {}
      }
    }
    body.report(
        Code.CELL_ARGUMENTS,
        given.span(),
        "`scale` can be linear(…), llama3(…), yarn(…), longrope(…) or none, but this is `%s`"
            .formatted(given.span().words()),
        "`scale: yarn(4, original: 8192)`");
    return null;
  }

  private @Nullable RopeScaling linear(Expression.Call call) {
    var arguments = bind(call, 1, "factor");
    Double factor = arguments == null ? null : positive(arguments, "factor");
    return factor == null ? null : new RopeScaling.Linear(factor);
  }

  private @Nullable RopeScaling llama3(Expression.Call call) {
    var arguments = bind(call, 2, "factor", "original", "low", "high");
    if (arguments == null) {
      return null;
    }
    Double factor = positive(arguments, "factor");
    Double original = positive(arguments, "original");
    Double low = or(1, arguments, "low");
    Double high = or(4, arguments, "high");
    return factor == null || original == null || low == null || high == null
        ? null
        : new RopeScaling.Llama3(factor, low, high, original);
  }

  private @Nullable RopeScaling yarn(Expression.Call call) {
    var arguments = bind(call, 2, "factor", "original", "fast", "slow", "truncate", "magnitude");
    if (arguments == null) {
      return null;
    }
    Double factor = positive(arguments, "factor");
    Double original = positive(arguments, "original");
    Double fast = or(32, arguments, "fast");
    Double slow = or(1, arguments, "slow");
    String truncate =
        Words.of(body, "truncate", arguments.get("truncate"), List.of("true", "false"));
    if (factor == null || original == null || fast == null || slow == null || truncate == null) {
      return null;
    }
    Double magnitude = or(RopeScaling.Yarn.magnitude(factor), arguments, "magnitude");
    return magnitude == null
        ? null
        : new RopeScaling.Yarn(factor, original, fast, slow, truncate.equals("true"), magnitude);
  }

  private @Nullable RopeScaling longrope(Expression.Call call, int pairs) {
    var arguments = bind(call, 1, "factors", "factor", "original", "magnitude");
    if (arguments == null) {
      return null;
    }
    List<Double> factors = factors(Objects.requireNonNull(arguments.get("factors")), pairs);
    Double factor = or(1, arguments, "factor");
    Double original = or(2, arguments, "original");
    if (factors == null || factor == null || original == null) {
      return null;
    }
    Double magnitude = or(RopeScaling.LongRope.magnitude(factor, original), arguments, "magnitude");
    return magnitude == null ? null : new RopeScaling.LongRope(factors, magnitude);
  }

  /** A number above 0 for each pair; null after a report. */
  private @Nullable List<Double> factors(Expression written, int pairs) {
    List<Expression> elements =
        written instanceof Expression.ListLiteral list ? list.elements() : List.of();
    if (elements.size() != pairs) {
      body.report(
          Code.ROPE_FACTORS,
          written.span(),
          "`longrope` needs a list of %d factors, one for each pair of channels that is turned, but here %s"
              .formatted(
                  pairs,
                  written instanceof Expression.ListLiteral
                      ? "are " + elements.size()
                      : "is no list"),
          null);
      return null;
    }
    List<Double> factors = new ArrayList<>();
    for (Expression element : elements) {
      Double factor = above(0, element, "a factor");
      if (factor == null) {
        return null;
      }
      factors.add(factor);
    }
    return factors;
  }

  private @Nullable SequencedMap<String, Expression> bind(
      Expression.Call call, int required, String... arguments) {
    return binder.bind(
        new PartFunction.Signature(call.callee().text(), required, List.of(arguments)), call);
  }

  private @Nullable Double positive(SequencedMap<String, Expression> arguments, String name) {
    return above(0, Objects.requireNonNull(arguments.get(name)), "`%s`".formatted(name));
  }

  private @Nullable Double or(
      double otherwise, SequencedMap<String, Expression> arguments, String name) {
    return arguments.containsKey(name) ? positive(arguments, name) : Double.valueOf(otherwise);
  }

  private @Nullable Double above(double least, Expression given, String what) {
    Double number = expressions.number(given);
    if (number == null || number > least) {
      return number;
    }
    body.report(
        Code.CELL_NUMBER,
        given.span(),
        "%s must be above %s, but this is %s"
            .formatted(what, Numbers.text(least), Numbers.text(number)),
        null);
    return null;
  }
}
