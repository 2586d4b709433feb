package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Terms as sums, so that one update has one form in every spelling; S is the state, k, v and w do
 * not read it:
 *
 * <ul>
 *   <li>{@code f * (S + outer(k, v))} becomes {@code f * S + f * outer(k, v)}, and the same with
 *       {@code diag(f)}, with a vector that multiplies or divides, and in {@code q . (…)};
 *   <li>{@code diag(a) * (diag(b) * S)} becomes {@code diag(a * b) * S}, {@code diag(a) * outer(k,
 *       v)} becomes {@code outer(a * k, v)};
 *   <li>{@code outer(k, v - w)} becomes {@code outer(k, v) - outer(k, w)} where a side reads S;
 *   <li>{@code k . (diag(a) * S)} becomes {@code (a * k) . S}, {@code k . outer(w, v)} becomes
 *       {@code (k . w) * v}.
 * </ul>
 */
final class Expansion {
  // Beyond this a term is left as it is, so that no spelling makes very many.
  private static final int MOST = 2_000;

  private int made;

  List<Summand> of(Term term) {
    var sum = new ArrayList<Summand>();
    expand(term, Factors.ONE, sum);
    return sum;
  }

  private void expand(Term term, Factors scale, List<Summand> sum) {
    if (++made > MOST) {
      sum.add(new Summand(scale, term));
      return;
    }
    switch (term) {
      case Term.Binary binary -> binary(binary, scale, sum);
      case Term.Outer outer when outer.left().readsState() || outer.right().readsState() ->
          outer(outer, scale, sum);
      case Term.Contract contract when contract.right().shape() instanceof Shape.Table ->
          contract(contract, scale, sum);
      case Term.Plain _,
          Term.State _,
          Term.Outer _,
          Term.Contract _,
          Term.Diagonal _,
          Term.Apply _ ->
          sum.add(new Summand(scale, term));
    }
  }

  private void binary(Term.Binary term, Factors scale, List<Summand> sum) {
    BinaryFunction function = term.function();
    Term left = term.left();
    Term right = term.right();
    if (function == BinaryFunction.ADD || function == BinaryFunction.SUBTRACT) {
      expand(left, scale, sum);
      expand(right, function == BinaryFunction.ADD ? scale : scale.negated(), sum);
    } else if (function == BinaryFunction.MULTIPLY && isScalar(left)) {
      expand(right, scale.times(plain(left)), sum);
    } else if (function == BinaryFunction.MULTIPLY && isScalar(right)) {
      expand(left, scale.times(plain(right)), sum);
    } else if (function == BinaryFunction.DIVIDE && isScalar(right)) {
      expand(left, scale.over(plain(right)), sum);
    } else if (function == BinaryFunction.MULTIPLY
        && left instanceof Term.Diagonal(var span, Term.Plain decay, _)) {
      each(right, scale, core -> scaledRows(span, decay, core), sum);
    } else if (function == BinaryFunction.MULTIPLY
        && right instanceof Term.Diagonal(var span, Term.Plain decay, _)) {
      each(left, scale, core -> scaledColumns(span, decay, core), sum);
    } else if (function == BinaryFunction.MULTIPLY && left instanceof Term.Plain vector) {
      each(right, scale, core -> scaled(term.span(), function, core, vector), sum);
    } else if (right instanceof Term.Plain vector
        && (function == BinaryFunction.MULTIPLY || function == BinaryFunction.DIVIDE)) {
      each(left, scale, core -> scaled(term.span(), function, core, vector), sum);
    } else {
      sum.add(new Summand(scale, term));
    }
  }

  /** What {@code operator} makes of each part of a sum. */
  private void each(Term term, Factors scale, UnaryOperator<Term> operator, List<Summand> sum) {
    for (Summand part : of(term)) {
      sum.add(new Summand(scale.times(part.scale()), operator.apply(part.core())));
    }
  }

  /** {@code diag(decay) * core}, of which the first factor stands at {@code span}. */
  private static Term scaledRows(Span span, Term.Plain decay, Term core) {
    return switch (core) {
      case Term.Binary(_, _, Term.Diagonal(_, Term.Plain inner, _), Term rest, _) ->
          rows(span, multiplied(span, decay, inner), rest);
      case Term.Outer(_, Term.Plain left, Term right, Shape shape) ->
          new Term.Outer(core.span(), multiplied(span, decay, left), right, shape);
      default -> rows(span, decay, core);
    };
  }

  /** {@code core * diag(decay)}. */
  private static Term scaledColumns(Span span, Term.Plain decay, Term core) {
    if (core instanceof Term.Outer(_, Term left, Term.Plain right, Shape shape)) {
      return new Term.Outer(core.span(), left, multiplied(span, right, decay), shape);
    }
    var diagonal = new Term.Diagonal(span, decay, new Shape.Diagonal(decay.shape().size()));
    return new Term.Binary(span, BinaryFunction.MULTIPLY, core, diagonal, core.shape());
  }

  private static Term rows(Span span, Term.Plain decay, Term rest) {
    var diagonal = new Term.Diagonal(span, decay, new Shape.Diagonal(decay.shape().size()));
    return new Term.Binary(span, BinaryFunction.MULTIPLY, diagonal, rest, rest.shape());
  }

  /** A vector that is multiplied or divided by another, the one that reads a state first. */
  private static Term scaled(Span span, BinaryFunction function, Term core, Term.Plain vector) {
    if (core instanceof Term.Plain other) {
      return elementwise(span, function, other, vector);
    }
    if (core instanceof Term.Binary(_, var inner, Term rest, Term.Plain other, _)
        && inner == BinaryFunction.MULTIPLY
        && function == BinaryFunction.MULTIPLY) {
      return scaled(span, function, rest, elementwise(span, function, other, vector));
    }
    return new Term.Binary(span, function, core, vector, core.shape());
  }

  private void outer(Term.Outer term, Factors scale, List<Summand> sum) {
    for (Summand left : of(term.left())) {
      for (Summand right : of(term.right())) {
        Factors factors = scale.times(left.scale()).times(right.scale());
        sum.add(
            new Summand(
                factors, new Term.Outer(term.span(), left.core(), right.core(), term.shape())));
      }
    }
  }

  private void contract(Term.Contract term, Factors scale, List<Summand> sum) {
    if (!(term.left() instanceof Term.Plain left)) {
      sum.add(new Summand(scale, term));
      return;
    }
    Span span = term.span();
    for (Summand part : of(term.right())) {
      Factors factors = scale.times(part.scale());
      sum.add(
          switch (part.core()) {
            case Term.Binary(_, _, Term.Diagonal(_, Term.Plain decay, _), Term rest, _) ->
                new Summand(
                    factors,
                    new Term.Contract(span, multiplied(span, decay, left), rest, term.shape()));
            case Term.Outer(_, Term.Plain row, Term.Plain column, _) -> {
              var dot = new PartExpression.Dot(span, left.expression(), row.expression());
              yield new Summand(factors.times(dot), column);
            }
            default ->
                new Summand(factors, new Term.Contract(span, left, part.core(), term.shape()));
          });
    }
  }

  private static Term.Plain multiplied(Span span, Term.Plain left, Term.Plain right) {
    return elementwise(span, BinaryFunction.MULTIPLY, left, right);
  }

  private static Term.Plain elementwise(
      Span span, BinaryFunction function, Term.Plain left, Term.Plain right) {
    Shape shape = left.shape().size() >= right.shape().size() ? left.shape() : right.shape();
    return new Term.Plain(
        new PartExpression.Binary(
            span, function, left.expression(), right.expression(), shape.size()),
        shape);
  }

  private static PartExpression plain(Term term) {
    return ((Term.Plain) term).expression();
  }

  private static boolean isScalar(Term term) {
    return term instanceof Term.Plain plain
        && (plain.shape() instanceof Shape.Fixed || plain.shape().equals(Shape.SCALAR));
  }
}
