package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.PartKind;
import org.jspecify.annotations.Nullable;

/** Parts that a body applies like functions: {@code mixer(norm(x))}. */
final class PartChecker {
  private static final String FFN = "ffn";
  private static final String NORM = "norm";

  private final PartBody body;
  private final ExpressionChecker expressions;
  // What the norm of a part's operand is called after, while that operand is checked.
  private @Nullable String applying;

  PartChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  /** Whether a call applies a parameter, or a name of the body that cannot be applied. */
  boolean has(Expression.Call call) {
    String name = call.callee().text();
    return body.argument(name) != null
        || (body.isKnown(name) && !PartFunction.names().contains(name));
  }

  @Nullable Term apply(Expression.Call call) {
    return apply(call, null);
  }

  /**
   * @param called what the weights of the part are called after; null for what they are usually
   */
  @Nullable Term apply(Expression.Call call, @Nullable String called) {
    String name = call.callee().text();
    if (!(body.argument(name) instanceof Argument.Applicable part)) {
      notApplicable(call);
      return null;
    }
    if (call.arguments().size() != 1 || call.arguments().getFirst().name() != null) {
      body.report(
          Code.CELL_ARGUMENTS,
          call.span(),
          "`%s` is applied to one value: `%s(x)`".formatted(name, name),
          null);
      return null;
    }
    Expression written = call.arguments().getFirst().value();
    String outer = applying;
    String wanted = called == null ? wanted(name, part, outer, written) : called;
    String parameter = body.parameter(wanted);
    applying = part.kind() == PartKind.NORM ? null : parameter;
    Term operand = expressions.check(written);
    applying = outer;
    return operand == null ? null : applied(call, part, parameter, written, operand);
  }

  private @Nullable Term applied(
      Expression.Call call,
      Argument.Applicable part,
      String parameter,
      Expression written,
      Term operand) {
    if (!(operand.shape() instanceof Shape.Width || operand.shape() instanceof Shape.Vector)
        || !(operand instanceof Term.Plain(var value, var shape))) {
      body.report(
          Code.HEAD_SHAPE,
          written.span(),
          "`%s` is applied to a value of this token, but this is %s"
              .formatted(
                  call.callee().text(),
                  operand instanceof Term.Plain ? operand.shape() : "a read of a state"),
          null);
      return null;
    }
    Part applied = part.at().width(body.channels(shape)).orElse(null);
    if (applied == null) {
      body.fail();
      return null;
    }
    boolean toWidth = shape instanceof Shape.Width;
    return new Term.Plain(
        new PartExpression.Apply(call.span(), parameter, applied, value, shape.size(), toWidth),
        shape);
  }

  /**
   * What the weights of a part are called after. A feed-forward of others names what it applies.
   */
  private String wanted(
      String name, Argument.Applicable part, @Nullable String outer, Expression written) {
    return switch (part.kind()) {
      case CELL, BLOCK -> part.label();
      case FFN -> body.declaration().kind() == PartKind.FFN ? name : FFN;
      case NORM -> {
        if (outer != null) {
          yield outer + "_" + NORM;
        }
        String inner = partOf(written);
        yield inner == null ? NORM : inner + "_post_" + NORM;
      }
    };
  }

  /** What a part that gives the operand is called after, or null. */
  private @Nullable String partOf(Expression written) {
    return written instanceof Expression.Call call
            && body.argument(call.callee().text()) instanceof Argument.Applicable part
            && part.kind() != PartKind.NORM
        ? wanted(call.callee().text(), part, null, written)
        : null;
  }

  private void notApplicable(Expression.Call call) {
    String name = call.callee().text();
    Argument argument = body.argument(name);
    boolean none =
        argument instanceof Argument.Word(String word) && word.equals(Argument.Word.NONE);
    body.report(
        none ? Code.EMPTY_LAYER : Code.CELL_EXPRESSION,
        call.callee().span(),
        none
            ? "`%s` is none in this `%s`, so there is nothing to apply"
                .formatted(name, body.declaration().name().text())
            : "`%s` is %s, which cannot be applied"
                .formatted(name, argument == null ? "a value" : argument.describe()),
        none && name.equals(FFN)
            ? "`%s(%s: swiglu(hidden: 256))`".formatted(body.declaration().name().text(), name)
            : null);
  }
}
