package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.program.Initializer;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** {@code linear}, {@code low_rank} and {@code weight}: the functions that learn. */
final class LinearChecker {
  private final PartBody body;
  private final ExpressionChecker expressions;
  private final Initializers initializers;
  private String defining = PartBody.OUTPUT;

  LinearChecker(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
    initializers = new Initializers(body, expressions);
  }

  /** Weights from now on belong to that definition. */
  void defining(String name) {
    defining = name;
  }

  @Nullable Term linear(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    // Named before the operand is looked at, so that the outermost has the definition's name.
    String parameter = body.parameter(defining, "_bias");
    Expression within = arguments.get("within");
    Operand operand = within == null ? all(arguments) : ofLine(operand(arguments));
    Integer blocks = blocks(within);
    Shape shape = target("linear", span, within == null ? wanted : perHead(wanted));
    initializers.fill(shape);
    Initializer weight = initializers.weight(arguments.get("init"), arguments.get("gain"));
    Initializer bias = initializers.bias(arguments.get("bias"));
    if (operand == null || weight == null || shape == null || blocks == null) {
      return null;
    }
    if (within != null && !isDivided(within, blocks, operand.term(), shape)) {
      return null;
    }
    warnOfGroups(operand.term(), shape, within);
    boolean toWidth = shape instanceof Shape.Width;
    String words = within == null ? null : within.span().words();
    return TermBuilder.apply(
        span,
        "linear",
        operand.term(),
        shape,
        e ->
            new PartExpression.Linear(
                span,
                parameter,
                e,
                operand.channels(),
                shape.size(),
                toWidth,
                words,
                blocks,
                weight,
                bias));
  }

  @Nullable Term lowRank(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    String parameter = body.parameter(defining, "_down", "_up", "_bias");
    Operand operand = all(arguments);
    Initializer weight = initializers.weight(arguments.get("init"), arguments.get("gain"));
    Initializer bias = initializers.bias(arguments.get("bias"));
    Integer rank = Sizes.of(body, expressions, required(arguments, "rank"), "a rank");
    Shape shape = target("linear", span, wanted);
    if (operand == null || weight == null || rank == null || shape == null) {
      return null;
    }
    boolean toWidth = shape instanceof Shape.Width;
    return TermBuilder.apply(
        span,
        "low_rank",
        operand.term(),
        shape,
        e ->
            new PartExpression.LowRank(
                span, parameter, e, operand.channels(), shape.size(), toWidth, rank, weight, bias));
  }

  /** A learnt value without an input. */
  @Nullable Term weight(
      Span span, SequencedMap<String, Expression> arguments, @Nullable Shape wanted) {
    String parameter = body.parameter(defining);
    Initializer initializer = initializers.bias(required(arguments, "init"));
    Shape shape = wanted instanceof Shape.Table ? wanted : target("weight", span, wanted);
    if (initializer == null || shape == null || !isSmall(span, shape)) {
      return null;
    }
    boolean toWidth = shape instanceof Shape.Width;
    Initializer values =
        shape instanceof Shape.Table(int rows, int columns)
            ? Initializers.overRows(initializer, rows, columns)
            : initializer;
    return new Term.Plain(
        new PartExpression.Weight(span, parameter, shape.size(), toWidth, values), shape);
  }

  private boolean isSmall(Span span, Shape shape) {
    if (!(shape instanceof Shape.Table(int rows, int columns))
        || (long) rows * columns <= Sizes.MAXIMUM / body.heads()) {
      return true;
    }
    body.report(
        Code.CELL_NUMBER,
        span,
        String.format(
            Locale.ROOT,
            "this is a matrix [%d, %d] in each of %d heads, but at most %,d numbers are allowed in all",
            rows,
            columns,
            body.heads(),
            Sizes.MAXIMUM),
        null);
    return false;
  }

  /** What is projected, and how many channels it has in all. */
  private record Operand(Term term, int channels) {}

  private @Nullable Operand ofLine(@Nullable Term term) {
    return term == null ? null : new Operand(term, body.channels(term.shape()));
  }

  /** A projection reads all channels: a line of groups may have one of a value of heads. */
  private @Nullable Operand all(SequencedMap<String, Expression> arguments) {
    HeadGroups groups = body.groups();
    if (Grouping.isOfHeads(body, arguments.get("x"))) {
      body.groups(null);
    }
    Operand operand = ofLine(operand(arguments));
    body.groups(groups);
    return operand;
  }

  private @Nullable Term operand(SequencedMap<String, Expression> arguments) {
    Expression expression = required(arguments, "x");
    Term operand = expressions.check(expression);
    if (operand == null) {
      return null;
    }
    if (operand.shape() instanceof Shape.Vector || operand.shape() instanceof Shape.Width) {
      return operand;
    }
    body.report(
        Code.HEAD_SHAPE,
        expression.span(),
        "`linear` takes a value for each token, but this is " + operand.shape(),
        null);
    return null;
  }

  /** The model's width as channels of each head, where heads divide it. */
  private @Nullable Shape perHead(@Nullable Shape wanted) {
    return wanted instanceof Shape.Width(int size) && size % body.copies() == 0
        ? new Shape.Vector(size / body.copies())
        : wanted;
  }

  /** How many groups of channels are projected each by itself; null after a report. */
  private @Nullable Integer blocks(@Nullable Expression within) {
    if (within == null) {
      return 1;
    }
    boolean heads = within instanceof Expression.Name name && name.text().equals("head");
    return heads
        ? Integer.valueOf(body.copies())
        : Sizes.of(body, expressions, within, "a number of groups");
  }

  /** A projection of a value of groups, for each head, reads it as often as a group has heads. */
  private void warnOfGroups(Term operand, Shape shape, @Nullable Expression within) {
    if (within == null
        && shape instanceof Shape.Vector
        && operand
            instanceof Term.Plain(PartExpression.OfGroup(Span read, var value, var groups), _)
        && value instanceof PartExpression.Reference
        && groups.count() < body.heads()) {
      body.report(
          Code.GROUP_READ_PER_HEAD,
          read,
          "`%s` has only %d groups, but this projection reads it once for each of %d heads, each time with other weights"
              .formatted(read.words(), groups.count(), body.heads()),
          "`per %s` on this line, or `linear(%s, within: head)`"
              .formatted(groups.name(), read.words()));
    }
  }

  /** Whether each group has channels of its own on both sides; reported if not. */
  private boolean isDivided(Expression within, int blocks, Term operand, Shape shape) {
    if (blocks == body.copies()) {
      return isPerHead(operand, shape);
    }
    if (operand.readsState()) {
      body.report(
          Code.HEAD_SHAPE,
          within.span(),
          "what a state holds can be projected as a whole or within each head, but not within %s groups"
              .formatted(blocks),
          "`within: head`");
      return false;
    }
    int inputs = body.channels(operand.shape());
    int outputs = body.channels(shape);
    if (inputs % blocks == 0 && outputs % blocks == 0) {
      return true;
    }
    body.report(
        Code.GROUPS_DO_NOT_DIVIDE,
        within.span(),
        "%s groups do not divide %s channels"
            .formatted(blocks, inputs % blocks == 0 ? outputs : inputs),
        null);
    return false;
  }

  /** Whether a head has values of its own on both sides; reported if not. */
  private boolean isPerHead(Term operand, Shape shape) {
    boolean wide = operand.shape() instanceof Shape.Width;
    boolean divided = body.width() % body.copies() == 0;
    if ((!wide || divided) && shape instanceof Shape.Vector) {
      return true;
    }
    body.report(
        Code.HEAD_SHAPE,
        operand.span(),
        "%s heads do not divide the width %s, so none has channels of its own"
            .formatted(body.copies(), body.width()),
        null);
    return false;
  }

  private static Expression required(SequencedMap<String, Expression> arguments, String name) {
    return Objects.requireNonNull(arguments.get(name), name);
  }

  private @Nullable Shape target(String function, Span span, @Nullable Shape wanted) {
    if (wanted instanceof Shape.Vector || wanted instanceof Shape.Width) {
      return wanted;
    }
    if (wanted == null) {
      body.report(
          Code.SIZE_UNKNOWN,
          span,
          "the size of this `%s` is not known".formatted(function),
          "write it on a line of its own, with its size: `a: [key] = %s`".formatted(span.text()));
    } else {
      body.report(
          Code.HEAD_SHAPE,
          span,
          "`%s` gives a scalar or a vector per head, but here %s is expected"
              .formatted(function, wanted),
          null);
    }
    return null;
  }
}
