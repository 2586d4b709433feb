package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.PartStatement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of a cell, in order; states may be read before the line that declares them. */
public final class BodyChecker {
  // Values that read a state are put in place of their names, so a few lines could make very many.
  private static final int MAXIMUM_PARTS = 1_000;

  private final PartBody body;
  private final ExpressionChecker expressions;
  private final Map<String, Span> updated = new LinkedHashMap<>();
  private final IdentityHashMap<Term, Integer> parts = new IdentityHashMap<>();

  public BodyChecker(PartBody body) {
    this.body = body;
    expressions = new ExpressionChecker(body);
  }

  public void check(List<PartStatement> statements) {
    for (PartStatement statement : statements) {
      if (statement instanceof PartStatement.State state) {
        declare(state);
      }
    }
    for (PartStatement statement : statements) {
      switch (statement) {
        case PartStatement.State _ -> {}
        case PartStatement.Define define -> define(define);
        case PartStatement.Update update -> update(update);
      }
    }
  }

  private void declare(PartStatement.State state) {
    Shape shape = shape(state.shape(), state.span());
    if (shape == null) {
      body.breakName(state.name().text());
    } else {
      body.state(new PartBody.StateVariable(state.name().span(), state.name().text(), shape));
    }
  }

  /** {@code []} a scalar per head, {@code [n]} a vector, {@code [n, m]} a matrix; null reported. */
  private @Nullable Shape shape(List<Expression> sizes, Span span) {
    if (sizes.size() > 2) {
      body.report(
          Code.CELL_EXPRESSION,
          span,
          "a value per head has at most 2 sizes, but here are " + sizes.size(),
          null);
      return null;
    }
    Integer rows = sizes.isEmpty() ? Integer.valueOf(1) : size(sizes.getFirst());
    Integer columns = sizes.size() < 2 ? Integer.valueOf(1) : size(sizes.get(1));
    if (rows == null || columns == null) {
      return null;
    }
    return sizes.size() == 2 ? new Shape.Table(rows, columns) : new Shape.Vector(rows);
  }

  private @Nullable Integer size(Expression expression) {
    return Sizes.of(body, expressions, expression, "a size");
  }

  private void define(PartStatement.Define define) {
    Expression.Name counted = define.groups();
    HeadGroups groups = counted == null ? null : Grouping.of(body, counted);
    body.groups(groups);
    for (Expression.Name name : define.names()) {
      boolean sound = counted == null || (groups != null && mayBeOfGroups(name, define));
      Term term = sound ? value(name, define) : null;
      if (term == null) {
        body.breakName(name.text());
      } else {
        body.define(new PartBody.Defined(name.span(), name.text(), term, groups));
      }
    }
    body.groups(null);
  }

  private boolean mayBeOfGroups(Expression.Name name, PartStatement.Define define) {
    boolean output = name.text().equals(PartBody.OUTPUT);
    if (!output && define.shape().size() == 1) {
      return true;
    }
    body.report(
        Code.PER_GROUP,
        name.span(),
        output
            ? "`out` is the result of all heads, so it cannot be per group"
            : "only a vector can be per group, as in `%s: [n] per %s`"
                .formatted(name.text(), Objects.requireNonNull(define.groups()).text()),
        null);
    return false;
  }

  private @Nullable Term value(Expression.Name name, PartStatement.Define define) {
    boolean output = name.text().equals(PartBody.OUTPUT);
    Shape declared = define.shaped() ? shape(define.shape(), define.span()) : null;
    if (define.shaped() && (declared == null || !isNarrow(name, declared))) {
      return null;
    }
    Shape wanted = declared == null ? wanted(define.value(), output) : declared;
    expressions.defining(name.text());
    Term term = expressions.check(define.value(), wanted);
    boolean sound =
        term != null
            && isSmall(term, define.span())
            && (declared == null || fits(name, term, declared, define));
    return sound ? term : null;
  }

  /**
   * What a {@code linear} here gives where nothing else says it: the output or a scalar per head.
   */
  private Shape wanted(Expression value, boolean output) {
    Shape inferred = expressions.infer(value);
    if (inferred != null) {
      return inferred;
    }
    return output ? new Shape.Width(body.width()) : Shape.SCALAR;
  }

  private boolean fits(
      Expression.Name name, Term term, Shape declared, PartStatement.Define define) {
    boolean number = term.shape() instanceof Shape.Fixed && declared.equals(Shape.SCALAR);
    if (number || term.shape().equals(declared)) {
      return true;
    }
    Span shape = define.shape().isEmpty() ? name.span() : span(define.shape());
    body.report(
        new Diagnostic(
            Code.HEAD_SHAPE,
            define.value().span(),
            "`%s` is declared as %s, but its value is %s"
                .formatted(name.text(), declared, term.shape()),
            List.of(new Diagnostic.Note(shape, "declared here")),
            null));
    return false;
  }

  private static Span span(List<Expression> sizes) {
    return sizes.getFirst().span().to(sizes.getLast().span());
  }

  private void update(PartStatement.Update update) {
    String name = update.state().text();
    var state = body.states().get(name);
    if (body.isBroken(name)) {
      return;
    }
    if (state == null) {
      body.report(
          Code.UNKNOWN_STATE,
          update.state().span(),
          "`%s'` is the next value of a state, but there is no `state %s`".formatted(name, name),
          Suggestion.help(name, body.states().keySet(), "'"));
      return;
    }
    Span first = updated.putIfAbsent(name, update.span());
    if (first != null) {
      body.report(
          new Diagnostic(
              Code.STATE_UPDATED_TWICE,
              update.span(),
              "`%s` gets its next value twice".formatted(name),
              List.of(new Diagnostic.Note(first, "first here")),
              null));
      return;
    }
    expressions.defining(name);
    Term term = expressions.check(update.value(), state.shape());
    if (term != null && isSmall(term, update.span()) && keepsShape(state, term)) {
      body.updates().put(name, term);
    }
  }

  private boolean keepsShape(PartBody.StateVariable state, Term term) {
    if (term.shape().equals(state.shape())) {
      return true;
    }
    body.report(
        new Diagnostic(
            Code.HEAD_SHAPE,
            term.span(),
            "`%s` is %s, but its next value is %s"
                .formatted(state.name(), state.shape(), term.shape()),
            List.of(new Diagnostic.Note(state.span(), "declared here")),
            null));
    return false;
  }

  /** Whether the value of all heads is a row that an array holds; reported if it is not. */
  private boolean isNarrow(Expression.Name name, Shape declared) {
    if (declared instanceof Shape.Table
        || (long) body.copies() * declared.size() <= Sizes.MAXIMUM) {
      return true;
    }
    body.report(
        Code.CELL_NUMBER,
        name.span(),
        String.format(
            Locale.ROOT,
            "`%s` has %s numbers in each of %s heads, but at most %,d are allowed in all",
            name.text(),
            declared.size(),
            body.heads(),
            Sizes.MAXIMUM),
        "fewer heads, or fewer numbers in each");
    return false;
  }

  private boolean isSmall(Term term, Span span) {
    if (parts(term) <= MAXIMUM_PARTS) {
      return true;
    }
    body.report(
        Code.CELL_EXPRESSION,
        span,
        String.format(
            Locale.ROOT, "written out in full, this has more than %,d parts", MAXIMUM_PARTS),
        null);
    return false;
  }

  /** How many terms this is made of, written out in full; never much more than the maximum. */
  private int parts(Term term) {
    Integer known = parts.get(term);
    if (known != null) {
      return known;
    }
    int count = 1;
    for (Term operand : term.operands()) {
      count = Math.min(MAXIMUM_PARTS + 1, count + parts(operand));
    }
    parts.put(term, count);
    return count;
  }
}
