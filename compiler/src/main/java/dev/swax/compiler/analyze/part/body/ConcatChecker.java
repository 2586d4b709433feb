package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code concat(a, b)}: the channels of both, head by head, or all of both. {@code products(a, b)}:
 * each channel of a times each of b, head by head.
 */
final class ConcatChecker {
  private final PartBody body;
  private final ExpressionChecker expressions;

  ConcatChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  @Nullable Term concat(Span span, SequencedMap<String, Expression> arguments) {
    Term left = expressions.check(Objects.requireNonNull(arguments.get("left")));
    Term right = expressions.check(Objects.requireNonNull(arguments.get("right")));
    if (left == null || right == null) {
      return null;
    }
    Shape shape = shape(vector(left.shape()), vector(right.shape()));
    if (shape == null) {
      body.report(
          Code.HEAD_SHAPE,
          span,
          "`concat` joins two values of each head, or two as wide as the model, but here are %s and %s"
              .formatted(left.shape(), right.shape()),
          null);
      return null;
    }
    if (!(left instanceof Term.Plain(var a, _)) || !(right instanceof Term.Plain(var b, _))) {
      body.report(
          Code.CELL_EXPRESSION,
          span,
          "`concat` joins values of this token, but here is one that reads a state",
          null);
      return null;
    }
    return new Term.Plain(joined(span, a, b, shape), shape);
  }

  @Nullable Term products(Span span, SequencedMap<String, Expression> arguments) {
    Term left = expressions.check(Objects.requireNonNull(arguments.get("left")));
    Term right = expressions.check(Objects.requireNonNull(arguments.get("right")));
    if (left == null || right == null) {
      return null;
    }
    if (!(left instanceof Term.Plain(var a, Shape.Vector(int rows)))
        || !(right instanceof Term.Plain(var b, Shape.Vector(int columns)))) {
      body.report(
          Code.HEAD_SHAPE,
          span,
          "`products` multiplies two vectors of each head, but here are %s and %s"
              .formatted(left.shape(), right.shape()),
          null);
      return null;
    }
    int size = rows * columns;
    return new Term.Plain(
        new PartExpression.Products(span, a, b, body.copies(), size), new Shape.Vector(size));
  }

  /** A number counts as one channel. */
  private static Shape vector(Shape shape) {
    return shape instanceof Shape.Fixed ? Shape.SCALAR : shape;
  }

  /** Of both together, or null where they do not join. */
  static @Nullable Shape shape(Shape left, Shape right) {
    if (left instanceof Shape.Vector(int a) && right instanceof Shape.Vector(int b)) {
      return new Shape.Vector(a + b);
    }
    return left instanceof Shape.Width(int a) && right instanceof Shape.Width(int b)
        ? new Shape.Width(a + b)
        : null;
  }

  /** Values of the same groups stay of these groups. */
  private PartExpression joined(Span span, PartExpression a, PartExpression b, Shape shape) {
    boolean wide = shape instanceof Shape.Width;
    if (a instanceof PartExpression.OfGroup(_, var left, var groups)
        && b instanceof PartExpression.OfGroup(_, var right, var others)
        && groups.equals(others)) {
      return new PartExpression.OfGroup(
          span,
          new PartExpression.Concat(span, left, right, groups.count(), shape.size(), false),
          groups);
    }
    return new PartExpression.Concat(span, a, b, wide ? 1 : body.copies(), shape.size(), wide);
  }
}
