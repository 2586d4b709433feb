package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes terms of terms: checks their shapes and works out what is fixed. Null after a report. */
public final class TermBuilder {
  private final PartBody body;

  public TermBuilder(PartBody body) {
    this.body = body;
  }

  static Term constant(Span span, double value) {
    return new Term.Plain(new PartExpression.Constant(span, value), Shape.NUMBER);
  }

  /** {@code wrap} of a value outside the state, or a note to do so when the state has been read. */
  public static Term apply(
      Span span, String function, Term operand, Shape shape, UnaryOperator<PartExpression> wrap) {
    return operand instanceof Term.Plain(var expression, _)
        ? new Term.Plain(wrap.apply(expression), shape)
        : new Term.Apply(span, function, operand, shape, wrap);
  }

  @Nullable Term unary(Span span, String name, UnaryFunction function, Term operand) {
    Shape shape = operand.shape();
    if (operand instanceof Term.Plain(var expression, _) && expression.isFixed()) {
      var value = FixedNumbers.unary(span, function, expression);
      return finite(new Term.Plain(value, shape), span);
    }
    if (function == UnaryFunction.NEGATE && !(operand instanceof Term.Plain)) {
      return binary(span, "-", BinaryFunction.MULTIPLY, constant(span, -1), operand);
    }
    return apply(
        span, name, operand, shape, e -> new PartExpression.Unary(span, function, e, shape.size()));
  }

  @Nullable Term binary(Span span, String sign, BinaryFunction function, Term left, Term right) {
    Shape shape = elementwise(span, sign, function, left, right);
    if (shape == null) {
      return null;
    }
    if (!(left instanceof Term.Plain(var a, _)) || !(right instanceof Term.Plain(var b, _))) {
      return new Term.Binary(span, function, left, right, shape);
    }
    if (a.isFixed() && b.isFixed()) {
      PartExpression folded = FixedNumbers.binary(span, function, a, b);
      return finite(new Term.Plain(folded, shape), span);
    }
    PartExpression joined = joinNumbers(span, function, a, b);
    return new Term.Plain(
        joined == null ? new PartExpression.Binary(span, function, a, b, shape.size()) : joined,
        shape);
  }

  /** {@code (a - 1) + 1} is a, so that {@code elu(u) + 1} is above 0 for every u; or null. */
  private static @Nullable PartExpression joinNumbers(
      Span span, BinaryFunction function, PartExpression left, PartExpression right) {
    if (!(left instanceof PartExpression.Binary inner)
        || !(inner.right() instanceof PartExpression.Constant(_, double first))
        || !(right instanceof PartExpression.Constant(_, double second))
        || sign(inner.function()) == 0
        || sign(function) == 0) {
      return null;
    }
    double sum = sign(inner.function()) * first + sign(function) * second;
    return sum == 0
        ? inner.left()
        : new PartExpression.Binary(
            span,
            BinaryFunction.ADD,
            inner.left(),
            new PartExpression.Constant(span, sum),
            inner.size());
  }

  private static int sign(BinaryFunction function) {
    return switch (function) {
      case ADD -> 1;
      case SUBTRACT -> -1;
      case MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, GREATER -> 0;
    };
  }

  /** {@code left . right}: over all channels of a vector, over the rows of a state. */
  @Nullable Term contract(Span span, Term left, Term right) {
    Shape shape =
        switch (right.shape()) {
          case Shape.Table(int rows, int columns)
              when left.shape().equals(new Shape.Vector(rows)) ->
              new Shape.Vector(columns);
          case Shape.Vector vector when left.shape().equals(vector) -> Shape.SCALAR;
          default -> null;
        };
    if (shape == null) {
      return mismatch(span, "`.` needs the same number of rows on both sides", left, right, null);
    }
    if (right.shape() instanceof Shape.Table && !right.readsState()) {
      return mismatch(
          span,
          "`.` reads a state, and the right side is none",
          left,
          right,
          "linear(%s, within: head)".formatted(left.span().text()));
    }
    return left instanceof Term.Plain(var a, _) && right instanceof Term.Plain(var b, _)
        ? new Term.Plain(new PartExpression.Dot(span, a, b), shape)
        : new Term.Contract(span, left, right, shape);
  }

  /** {@code base ^ exponent}. */
  @Nullable Term power(Span span, Term base, Term exponent) {
    PartExpression power = exponent instanceof Term.Plain(var e, _) ? e : null;
    if (base instanceof Term.Plain(var b, var shape) && b.isFixed()) {
      return power != null && power.isFixed()
          ? fixedPower(span, b, power, shape, exponent)
          : exponential(span, b, exponent);
    }
    if (power instanceof PartExpression.Constant(_, double value)) {
      return apply(
          span,
          "^",
          base,
          base.shape(),
          x -> new PartExpression.Power(span, x, value, base.shape().size()));
    }
    body.report(
        Code.CELL_NUMBER,
        exponent.span(),
        "one side of `^` must be a number, but here both sides change from token to token",
        null);
    return null;
  }

  private @Nullable Term fixedPower(
      Span span, PartExpression base, PartExpression exponent, Shape shape, Term exponentTerm) {
    Shape result = shape instanceof Shape.Fixed ? exponentTerm.shape() : shape;
    return finite(new Term.Plain(FixedNumbers.power(span, base, exponent), result), span);
  }

  /** {@code c ^ e} as {@code exp(e log(c))}. */
  private @Nullable Term exponential(Span span, PartExpression base, Term exponent) {
    Term logarithm =
        finite(
            new Term.Plain(FixedNumbers.unary(span, UnaryFunction.LOG, base), Shape.SCALAR), span);
    Term product =
        logarithm == null ? null : binary(span, "^", BinaryFunction.MULTIPLY, exponent, logarithm);
    return product == null ? null : unary(span, "^", UnaryFunction.EXP, product);
  }

  /** {@code outer(left, right)}. */
  @Nullable Term outer(Span span, Term left, Term right) {
    if (left.shape() instanceof Shape.Vector(int rows)
        && right.shape() instanceof Shape.Vector(int columns)) {
      return new Term.Outer(span, left, right, new Shape.Table(rows, columns));
    }
    return mismatch(span, "`outer` takes two vectors per head", left, right, null);
  }

  /** A number that came out, or null after saying that it is none. */
  private @Nullable Term finite(Term.Plain plain, Span span) {
    if (FixedNumbers.finite(plain.expression())) {
      return plain;
    }
    body.report(Code.CELL_NUMBER, span, "`%s` is not a number here".formatted(span.words()), null);
    return null;
  }

  private @Nullable Shape elementwise(
      Span span, String sign, BinaryFunction function, Term left, Term right) {
    Shape a = left.shape();
    Shape b = right.shape();
    if (a instanceof Shape.Diagonal(int size)) {
      if (function == BinaryFunction.MULTIPLY
          && b instanceof Shape.Table(int rows, _)
          && rows == size) {
        return b;
      }
      return this.<Shape>mismatch(
          span, "`diag(a)` needs a matrix with one row for each element of `a`", left, right, null);
    }
    if (function == BinaryFunction.MULTIPLY
        && b instanceof Shape.Diagonal(int size)
        && a instanceof Shape.Table(_, int columns)
        && columns == size) {
      return a;
    }
    if (a.equals(b) || spreads(b, a)) {
      return a;
    }
    if (spreads(a, b)) {
      return b;
    }
    if (b instanceof Shape.Diagonal) {
      return this.<Shape>mismatch(
          span,
          "`diag` stands before a matrix to multiply its rows and after it to multiply its columns",
          left,
          right,
          rows(right, left));
    }
    String help = function == BinaryFunction.MULTIPLY ? rows(left, right) : null;
    if (help == null && function == BinaryFunction.MULTIPLY) {
      help = rows(right, left);
    }
    return this.<Shape>mismatch(
        span, "`%s` needs the same shape on both sides".formatted(sign), left, right, help);
  }

  /** How a vector multiplies the rows of a matrix, if it has as many channels; else null. */
  private static @Nullable String rows(Term vector, Term matrix) {
    if (!(matrix.shape() instanceof Shape.Table(int rows, _)) || vector.shape().size() != rows) {
      return null;
    }
    String text = vector.span().text();
    String diagonal = vector instanceof Term.Diagonal ? text : "diag(" + text + ")";
    String state = matrix.span().text();
    return diagonal + " * " + (matrix instanceof Term.State ? state : "(" + state + ")");
  }

  /**
   * A fixed number goes with everything but a diagonal, a scalar per head with what has heads, and
   * where there is one head with the model's width.
   */
  private boolean spreads(Shape scalar, Shape over) {
    return switch (over) {
      case Shape.Fixed _ -> scalar instanceof Shape.Fixed;
      case Shape.Width _ ->
          scalar instanceof Shape.Fixed || (body.copies() == 1 && scalar.equals(Shape.SCALAR));
      case Shape.Vector _, Shape.Table _ ->
          scalar instanceof Shape.Fixed || scalar.equals(Shape.SCALAR);
      case Shape.Diagonal _ -> false;
    };
  }

  private <T> @Nullable T mismatch(
      Span span, String rule, Term left, Term right, @Nullable String help) {
    body.report(
        new Diagnostic(
            Code.HEAD_SHAPE,
            span,
            "%s, but left is %s and right is %s".formatted(rule, left.shape(), right.shape()),
            List.of(
                new Diagnostic.Note(left.span(), "this is " + left.shape()),
                new Diagnostic.Note(right.span(), "this is " + right.shape())),
            help));
    return null;
  }
}
