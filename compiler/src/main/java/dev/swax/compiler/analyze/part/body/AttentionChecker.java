package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.kernel.attention.AttentionShape;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** {@code attend(q, k, v, window, mask, scale, cap, sinks)}. */
final class AttentionChecker {
  private static final int FULL = -1;
  private static final String SINKS = "sinks";
  private static final PartFunction.Signature CHUNKED =
      new PartFunction.Signature("chunked", 1, List.of("tokens"));

  private final PartBody body;
  private final ExpressionChecker expressions;
  private final ArgumentBinder binder;
  private String defining = PartBody.OUTPUT;

  AttentionChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
    binder = new ArgumentBinder(body);
  }

  /** Weights from now on belong to that definition. */
  void defining(String name) {
    defining = name;
  }

  @Nullable Term attend(Span span, SequencedMap<String, Expression> arguments) {
    Term q = vector(arguments, "q");
    Term k = vector(arguments, "k");
    Term v = vector(arguments, "v");
    Expression sunk = orNull(arguments.get(SINKS));
    PartExpression sinks = sunk == null ? null : sinks(sunk);
    AttentionShape shape = q == null || k == null || v == null ? null : shape(arguments, q, v);
    Integer window = window(arguments.get("window"));
    if (shape == null || window == null || (sunk != null && sinks == null) || !isOfHeads(span)) {
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
    int keyHeads = copies(key);
    if (!sameSize(span, q, k)
        || !sameHeads(span, keyHeads, copies(value))
        || !isOneMask(arguments, window, shape.chunk())) {
      return null;
    }
    shape = shape.withKeyHeads(keyHeads);
    return new Term.Plain(
        new PartExpression.Attend(
            span,
            query,
            plain(key),
            plain(value),
            sinks,
            sinks == null ? shape : shape.withSinks(),
            window),
        v.shape());
  }

  /** All but the heads of keys and the sinks; null after a report. */
  private @Nullable AttentionShape shape(
      SequencedMap<String, Expression> arguments, Term q, Term v) {
    Expression given = orNull(arguments.get("scale"));
    Double scale = given == null ? null : expressions.number(given);
    Double cap = cap(arguments.get("cap"));
    Integer chunk = chunk(arguments.get("mask"));
    if (cap == null || chunk == null || (given != null && scale == null)) {
      return null;
    }
    var shape =
        new AttentionShape(body.heads(), body.heads(), q.shape().size())
            .withValueWidth(v.shape().size())
            .withCap(cap)
            .withChunk(chunk);
    return scale == null ? shape : shape.withScale(scale);
  }

  /** What is given, or null where that is none. */
  private @Nullable Expression orNull(@Nullable Expression given) {
    return given == null || expressions.isNone(given) ? null : expressions.chosen(given);
  }

  private boolean sameHeads(Span span, int keys, int values) {
    if (keys == values) {
      return true;
    }
    body.report(
        Code.PER_GROUP,
        span,
        "`attend` needs keys and values of the same heads, but there are %d heads of keys and %d of values"
            .formatted(keys, values),
        null);
    return false;
  }

  /** A number above 0, or none; 0 where there is none, null after a report. */
  private @Nullable Double cap(@Nullable Expression given) {
    if (given == null || expressions.isNone(given)) {
      return 0.0;
    }
    Double cap = expressions.number(given);
    if (cap == null || cap > 0) {
      return cap;
    }
    body.report(
        Code.CELL_NUMBER,
        given.span(),
        "a cap must be above 0, but this is " + Numbers.text(cap),
        null);
    return null;
  }

  /** The tokens of a chunk, 0 where the mask is causal; null after a report. */
  private @Nullable Integer chunk(@Nullable Expression written) {
    Expression mask = written == null ? null : expressions.chosen(written);
    if (mask == null || (mask instanceof Expression.Name name && name.text().equals("causal"))) {
      return 0;
    }
    if (mask instanceof Expression.Call call && call.callee().text().equals("chunked")) {
      var arguments = binder.bind(CHUNKED, call);
      return arguments == null
          ? null
          : Sizes.of(
              body,
              expressions,
              Objects.requireNonNull(arguments.get("tokens")),
              "the tokens of a chunk");
    }
    Words.misfit(body, "mask", mask, List.of("causal", "chunked(8192)"));
    return null;
  }

  private boolean isOneMask(SequencedMap<String, Expression> arguments, int window, int chunk) {
    if (window == FULL || chunk == 0) {
      return true;
    }
    Span seen = Objects.requireNonNull(arguments.get("window")).span();
    body.report(
        new Diagnostic(
            Code.TWO_MASKS,
            Objects.requireNonNull(arguments.get("mask")).span(),
            "`attend` takes a window or chunks, not both, but here are a window and chunks of %d tokens"
                .formatted(chunk),
            List.of(new Diagnostic.Note(seen, "this is the window")),
            "`mask: causal`"));
    return false;
  }

  /** The learnt number of each head; null after a report. */
  private @Nullable PartExpression sinks(Expression given) {
    String before = defining;
    expressions.defining(SINKS);
    Term term = expressions.check(given, Shape.SCALAR);
    expressions.defining(before);
    if (term == null) {
      return null;
    }
    if (term instanceof Term.Plain(var value, var shape)
        && shape.equals(Shape.SCALAR)
        && isWeight(value)) {
      return value;
    }
    body.report(
        Code.SINKS,
        given.span(),
        "sinks are one learnt number for each head, but this is "
            + (term.shape().equals(Shape.SCALAR) ? "computed" : term.shape().toString()),
        "`sinks: weight(init: zeros)`");
    return null;
  }

  private boolean isWeight(PartExpression value) {
    return value instanceof PartExpression.Weight
        || (value instanceof PartExpression.Reference(_, String name, _)
            && body.definitions().get(name) instanceof PartBody.Defined defined
            && defined.term() instanceof Term.Plain(PartExpression.Weight _, _));
  }

  /** The index of a window; null after a report. */
  private @Nullable Integer window(@Nullable Expression written) {
    if (written == null || expressions.isNone(written)) {
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
            "`attend` needs queries and keys of one width, but here are %s and %s"
                .formatted(left.shape(), right.shape()),
            List.of(
                new Diagnostic.Note(left.span(), "this is " + left.shape()),
                new Diagnostic.Note(right.span(), "this is " + right.shape())),
            null));
    return false;
  }

  /** How many heads or groups have a value of their own. */
  private int copies(PartExpression expression) {
    return expression instanceof PartExpression.OfGroup of ? of.groups().count() : body.heads();
  }

  /** The value of groups itself: the kernel lets heads share it. */
  private static PartExpression plain(PartExpression expression) {
    return expression instanceof PartExpression.OfGroup of ? of.operand() : expression;
  }
}
