package dev.swax.compiler.analyze.cell.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** {@code attend(q, k, v, window)} and {@code rotate(q, base)}. */
final class AttentionChecker {
  private static final int FULL = -1;

  private final CellBody body;
  private final ExpressionChecker expressions;

  AttentionChecker(CellBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  @Nullable Term attend(Span span, SequencedMap<String, Expression> arguments) {
    Term q = vector(arguments, "q");
    Term k = vector(arguments, "k");
    Term v = vector(arguments, "v");
    Integer window = window(arguments.get("window"));
    if (q == null || k == null || v == null || window == null || !isOfHeads(span)) {
      return null;
    }
    if (!(q instanceof Term.Plain(var query, _))
        || !(k instanceof Term.Plain(var key, _))
        || !(v instanceof Term.Plain(var value, _))) {
      body.report(
          Code.CELL_EXPRESSION,
          span,
          "`attend` reads values of this token, but here is one that reads a state",
          null);
      return null;
    }
    if (!sameSize(span, q, k) || !sameSize(span, k, v)) {
      return null;
    }
    int keyHeads = copies(key);
    if (copies(value) != keyHeads) {
      body.report(
          Code.PER_GROUP,
          span,
          "`attend` needs keys and values of the same heads, but there are %d heads of keys and %d of values"
              .formatted(keyHeads, copies(value)),
          null);
      return null;
    }
    int size = q.shape().size();
    var shape = new AttentionShape(body.heads(), keyHeads, size);
    return new Term.Plain(
        new CellExpression.Attend(span, query, plain(key), plain(value), shape, window, size),
        new Shape.Vector(size));
  }

  @Nullable Term rotate(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    Expression written = Objects.requireNonNull(arguments.get("x"));
    Term operand = expressions.check(written, wanted);
    Expression base = Objects.requireNonNull(arguments.get("base"));
    if (operand == null || isNone(base)) {
      return operand;
    }
    Double theta = expressions.number(base);
    if (theta == null || !isRotatable(written, operand)) {
      return null;
    }
    if (theta <= 0) {
      body.report(
          Code.CELL_NUMBER,
          base.span(),
          "the base of rotary positions must be above 0, but this is " + Numbers.text(theta),
          null);
      return null;
    }
    int size = operand.shape().size();
    int copies = body.copies();
    Rotation rotation = Rotation.plain(size, theta);
    return TermBuilder.apply(
        span,
        "rotate",
        operand,
        operand.shape(),
        e ->
            e instanceof CellExpression.OfGroup(_, var inner, var groups)
                ? new CellExpression.OfGroup(
                    span,
                    new CellExpression.Rotate(span, inner, groups.count(), rotation, size),
                    groups)
                : new CellExpression.Rotate(span, e, copies, rotation, size));
  }

  private boolean isNone(Expression written) {
    Expression expression = expressions.chosen(written);
    return expression instanceof Expression.Name name
        && (name.text().equals(Argument.Word.NONE)
            || (body.argument(name.text()) instanceof Argument.Word(String word)
                && word.equals(Argument.Word.NONE)));
  }

  private boolean isRotatable(Expression written, Term operand) {
    if (!(operand.shape() instanceof Shape.Vector(int size))) {
      body.report(
          Code.HEAD_SHAPE,
          written.span(),
          "`rotate` takes a vector per head, but this is " + operand.shape(),
          null);
      return false;
    }
    if (size % 2 == 0) {
      return true;
    }
    body.report(
        Code.ODD_HEAD_WIDTH,
        written.span(),
        "the head width is %d, but rotary positions rotate pairs of columns, so it must be even"
            .formatted(size),
        "`rope: none`");
    return false;
  }

  /** The index of a window; null after a report. */
  private @Nullable Integer window(@Nullable Expression written) {
    if (written == null || isNone(written)) {
      return FULL;
    }
    Expression given = expressions.chosen(written);
    if (given instanceof Expression.Name name
        && body.argument(name.text()) instanceof Argument.Window(int index)) {
      return index;
    }
    Integer keys = Sizes.of(body, expressions, given, "a window");
    return keys == null ? null : body.window(keys);
  }

  private @Nullable Term vector(SequencedMap<String, Expression> arguments, String name) {
    Expression written = Objects.requireNonNull(arguments.get(name));
    Term term = expressions.check(written);
    if (term == null || term.shape() instanceof Shape.Vector) {
      return term;
    }
    body.report(
        Code.HEAD_SHAPE,
        written.span(),
        "`attend` takes a vector per head, but this is " + term.shape(),
        null);
    return null;
  }

  private boolean isOfHeads(Span span) {
    if (body.groups() == null) {
      return true;
    }
    body.report(Code.PER_GROUP, span, "`attend` gives a value of each head, not of groups", null);
    return false;
  }

  private boolean sameSize(Span span, Term left, Term right) {
    if (left.shape().equals(right.shape())) {
      return true;
    }
    body.report(
        new Diagnostic(
            Code.HEAD_SHAPE,
            span,
            "`attend` needs queries, keys and values of one width, but here are %s and %s"
                .formatted(left.shape(), right.shape()),
            List.of(
                new Diagnostic.Note(left.span(), "this is " + left.shape()),
                new Diagnostic.Note(right.span(), "this is " + right.shape())),
            null));
    return false;
  }

  /** How many heads or groups have a value of their own. */
  private int copies(CellExpression expression) {
    return expression instanceof CellExpression.OfGroup of ? of.groups().count() : body.heads();
  }

  /** The value of groups itself: the kernel lets heads share it. */
  private static CellExpression plain(CellExpression expression) {
    return expression instanceof CellExpression.OfGroup of ? of.operand() : expression;
  }
}
