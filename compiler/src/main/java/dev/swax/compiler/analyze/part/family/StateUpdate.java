package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Objects;

/**
 * The state whose update decides on the family of a cell.
 *
 * @param span of its next value
 * @param sum its next value, in one form however it is written
 * @param families what is said of an update that no family has
 */
public record StateUpdate(
    PartBody body,
    PartBody.StateVariable state,
    Span span,
    List<Summand> sum,
    Families families,
    Logarithms logarithms) {

  public static StateUpdate of(PartBody body, PartBody.StateVariable state) {
    return of(body, state, Objects.requireNonNull(body.updates().get(state.name())));
  }

  /** The update of a state by that next value. */
  public static StateUpdate of(PartBody body, PartBody.StateVariable state, Term next) {
    return new StateUpdate(
        body, state, next.span(), Summand.of(next), new Families(body), new Logarithms(body));
  }

  /** The parts that are the state itself, scaled. */
  List<Summand> kept() {
    return sum.stream().filter(part -> StateTerms.isState(part.core(), state)).toList();
  }

  /** The outer products, with those joined that are one. */
  List<Summand> written() {
    return OuterProducts.joined(
        sum.stream().filter(part -> StateTerms.isPlainOuter(part.core())).toList());
  }

  /** The rows and columns of a matrix state. */
  Shape.Table table() {
    return (Shape.Table) state.shape();
  }

  /** Whether a decay of the state is above 0 by its form; else reported. */
  boolean decays(Factors decay, Summand kept) {
    return families.decays(logarithms, decay, kept, state);
  }
}
