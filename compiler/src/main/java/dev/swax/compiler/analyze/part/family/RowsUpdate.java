package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;
import java.util.List;
import java.util.Optional;

/**
 * The update of a matrix state in the vector-decay family: {@code S' = diag(decay) * S + outer(key,
 * value)}; every scalar of the outer product is in the key.
 */
record RowsUpdate(Factors decay, PartExpression key, PartExpression value) {

  /** Whether an update {@link #fits} and scales rows of the state. */
  static boolean isMadeSo(StateUpdate update) {
    return update.sum().stream()
            .anyMatch(part -> StateTerms.decayOfRows(part.core(), update.state()).isPresent())
        && fits(update);
  }

  /**
   * Whether an update is made of the state, scaled or its rows, and outer products that are one.
   */
  static boolean fits(StateUpdate update) {
    return update.sum().stream()
            .map(Summand::core)
            .allMatch(core -> isKept(core, update.state()) || StateTerms.isPlainOuter(core))
        && update.written().size() < 2;
  }

  /** The state, or its rows, scaled. */
  static boolean isKept(Term core, PartBody.StateVariable state) {
    return StateTerms.isState(core, state) || StateTerms.decayOfRows(core, state).isPresent();
  }

  /** An update that {@link #isMadeSo}, or nothing after a report. */
  static Optional<RowsUpdate> of(StateUpdate update) {
    PartBody.StateVariable state = update.state();
    List<Summand> kept = kept(update);
    List<Summand> written = update.written();
    if (written.isEmpty()) {
      update.families().incomplete(update.span(), false, state);
      return Optional.empty();
    }
    Factors decay = KeptShare.of(kept, update.body(), update.span());
    if (!update.decays(decay, kept.getFirst())) {
      return Optional.empty();
    }
    var outer = (Term.Outer) written.getFirst().core();
    PartExpression key = ((Term.Plain) outer.left()).expression();
    return Optional.of(
        new RowsUpdate(
            decay,
            written.getFirst().scale().product(key, update.span()),
            ((Term.Plain) outer.right()).expression()));
  }

  /** The parts that keep the state, each with all that it keeps. */
  static List<Summand> kept(StateUpdate update) {
    return update.sum().stream()
        .filter(part -> isKept(part.core(), update.state()))
        .map(part -> kept(part, update.state()))
        .toList();
  }

  /** With the vector that multiplies the rows among the factors. */
  private static Summand kept(Summand part, PartBody.StateVariable state) {
    return StateTerms.decayOfRows(part.core(), state)
        .map(decay -> new Summand(part.scale().times(decay.expression()), part.core()))
        .orElse(part);
  }
}
