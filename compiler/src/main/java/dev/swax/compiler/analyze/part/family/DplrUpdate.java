package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;
import java.util.List;
import java.util.Optional;

/**
 * The update of a matrix state in the family of a diagonal plus rank one: {@code S' = diag(decay) *
 * S + outer(u, w . S) + outer(key, value)}; without a read, u and w are 0; every scalar of an outer
 * product is in its first side.
 */
record DplrUpdate(
    Factors decay, PartExpression u, PartExpression w, PartExpression key, PartExpression value) {

  /** Whether an update is made of the state, scaled or its rows, outer products, and its reads. */
  static boolean isMadeSo(StateUpdate update) {
    PartBody.StateVariable state = update.state();
    List<Term> cores = update.sum().stream().map(Summand::core).toList();
    return cores.stream().anyMatch(core -> DeltaUpdate.isErased(core, state))
        && cores.stream().anyMatch(core -> RowsUpdate.isKept(core, state))
        && cores.stream()
            .allMatch(core ->
                RowsUpdate.isKept(core, state)
                    || StateTerms.isPlainOuter(core)
                    || DeltaUpdate.isErased(core, state))
        && update.written().size() < 2;
  }

  /** An update that {@link #isMadeSo}, or nothing after a report. */
  static Optional<DplrUpdate> of(StateUpdate update) {
    List<Summand> erased = erased(update);
    List<Summand> written = update.written();
    if (erased.size() > 1) {
      update.families().severalReads(erased, update.state());
      return Optional.empty();
    }
    if (written.isEmpty()) {
      update.families().incomplete(update.span(), false, update.state());
      return Optional.empty();
    }
    List<Summand> kept = RowsUpdate.kept(update);
    Factors decay = KeptShare.of(kept, update.body(), update.span());
    PartExpression none = new PartExpression.Constant(update.span(), 0);
    return update.decays(decay, kept.getFirst())
        ? Optional.of(
            new DplrUpdate(
                decay,
                erased.isEmpty() ? none : left(erased.getFirst(), update),
                erased.isEmpty() ? none : right(erased.getFirst()),
                left(written.getFirst(), update),
                right(written.getFirst())))
        : Optional.empty();
  }

  /** The {@code outer(u, w . S)} as {@code outer(u, w)}, with those joined that are one. */
  private static List<Summand> erased(StateUpdate update) {
    return OuterProducts.joined(
        update.sum().stream()
            .filter(part -> DeltaUpdate.isErased(part.core(), update.state()))
            .map(DplrUpdate::withoutState)
            .toList());
  }

  private static Summand withoutState(Summand part) {
    var outer = (Term.Outer) part.core();
    Term read = ((Term.Contract) outer.right()).left();
    return new Summand(
        part.scale(), new Term.Outer(outer.span(), outer.left(), read, outer.shape()));
  }

  private static PartExpression left(Summand part, StateUpdate update) {
    PartExpression left = ((Term.Plain) ((Term.Outer) part.core()).left()).expression();
    return part.scale().product(left, update.span());
  }

  private static PartExpression right(Summand part) {
    return ((Term.Plain) ((Term.Outer) part.core()).right()).expression();
  }
}
