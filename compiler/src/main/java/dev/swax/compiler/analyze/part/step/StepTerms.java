package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.step.StepWriter;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepValue;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Terms of a body to instructions of a step. What does not read a state is an operand. */
final class StepTerms {
  private final PartBody body;
  private final StepWriter out;
  private final StepExpressions expressions;
  private final Map<Term, View> made = new IdentityHashMap<>();
  private final Map<String, View> before = new LinkedHashMap<>();
  private final Map<String, View> after = new LinkedHashMap<>();

  StepTerms(PartBody body, StepWriter out, StepExpressions expressions) {
    this.body = body;
    this.out = out;
    this.expressions = expressions;
    for (PartBody.StateVariable state : body.states().values()) {
      int rows = state.shape() instanceof Shape.Table(int first, _) ? first : 1;
      int columns = state.shape().size() / rows;
      before.put(state.name(), out.input(StepValue.Kind.STATE, state.name(), true, rows, columns));
    }
  }

  View of(Term term) {
    View known = made.get(term);
    if (known == null) {
      known = make(term);
      made.put(term, known);
    }
    return known;
  }

  /** A state after this token. */
  View next(String state) {
    View known = after.get(state);
    if (known == null) {
      known = of(Objects.requireNonNull(body.updates().get(state)));
      after.put(state, known);
    }
    return known;
  }

  private View make(Term term) {
    return switch (term) {
      case Term.Plain(var expression, var shape) -> expressions.of(expression, dimensions(shape));
      case Term.State(_, String name, boolean primed, _) ->
          primed ? next(name) : Objects.requireNonNull(before.get(name));
      case Term.Outer outer -> out.outer(of(outer.left()), of(outer.right()));
      case Term.Contract contract -> {
        View left = of(contract.left());
        View right = of(contract.right());
        yield contract.right().shape() instanceof Shape.Table
            ? out.read(left, right)
            : out.dot(left, right);
      }
      case Term.Diagonal diagonal -> of(diagonal.operand());
      case Term.Binary binary -> binary(binary);
      case Term.Apply apply -> apply(apply);
    };
  }

  private View binary(Term.Binary binary) {
    View left = of(binary.left());
    View right = of(binary.right());
    if (binary.left() instanceof Term.Diagonal) {
      return out.rows(left, right);
    }
    if (binary.right() instanceof Term.Diagonal) {
      return out.columns(left, right);
    }
    return out.binary(function(binary.function()), left, right);
  }

  static StepFunction function(BinaryFunction function) {
    return StepFunction.valueOf(function.name());
  }

  /** A function of a value: as an expression of it, which then is computed in the step. */
  private View apply(Term.Apply apply) {
    View operand = of(apply.operand());
    Span span = apply.operand().span();
    boolean toWidth = apply.operand().shape() instanceof Shape.Width;
    PartExpression placeholder =
        new PartExpression.OfState(span, span.words(), apply.operand().shape().size(), toWidth);
    expressions.bind(placeholder, operand);
    return expressions.inside(apply.wrap().apply(placeholder), dimensions(apply.shape()));
  }

  static StepExpressions.Dimensions dimensions(Shape shape) {
    return switch (shape) {
      case Shape.Fixed _ -> new StepExpressions.Dimensions(false, 1, 1);
      case Shape.Vector(int size) -> new StepExpressions.Dimensions(true, 1, size);
      case Shape.Width(int size) -> new StepExpressions.Dimensions(false, 1, size);
      case Shape.Table(int rows, int columns) ->
          new StepExpressions.Dimensions(true, rows, columns);
      case Shape.Diagonal(int size) -> new StepExpressions.Dimensions(true, 1, size);
    };
  }
}
