package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The update of a matrix state in the vector-decay family: {@code S' = diag(decay) * S + outer(key,
 * value)}; every scalar of the outer product is in the key.
 */
record RowsUpdate(Span span, Factors decay, CellExpression key, CellExpression value) {

  /** Whether an update is made of the scaled state, its rows scaled too, and outer products. */
  static boolean isMadeSo(List<Summand> sum, CellBody.StateVariable state) {
    return sum.stream().anyMatch(part -> Families.decayOfRows(part.core(), state).isPresent())
        && sum.stream()
            .map(Summand::core)
            .allMatch(core -> isKept(core, state) || Families.isPlainOuter(core));
  }

  private static boolean isKept(Term core, CellBody.StateVariable state) {
    return Families.isState(core, state) || Families.decayOfRows(core, state).isPresent();
  }

  /** The update of {@code state}, whose sum {@link #isMadeSo}, or nothing after a report. */
  static Optional<RowsUpdate> of(
      CellBody body, Families families, Logarithms logarithms, CellBody.StateVariable state) {
    Term next = Objects.requireNonNull(body.updates().get(state.name()));
    List<Summand> sum = Summand.of(next);
    List<Summand> kept =
        sum.stream().filter(s -> isKept(s.core(), state)).map(s -> kept(s, state)).toList();
    List<Summand> written =
        OuterProducts.joined(sum.stream().filter(s -> Families.isPlainOuter(s.core())).toList());
    if (written.size() > 1) {
      families.severalOutersOfRows(written.get(1), written.size(), state);
      return Optional.empty();
    }
    if (written.isEmpty()) {
      families.incomplete(next.span(), false, state);
      return Optional.empty();
    }
    Factors decay = KeptShare.of(kept, body, next.span());
    if (!families.decays(logarithms, decay, kept.getFirst(), state)) {
      return Optional.empty();
    }
    var outer = (Term.Outer) written.getFirst().core();
    CellExpression key = ((Term.Plain) outer.left()).expression();
    return Optional.of(
        new RowsUpdate(
            next.span(),
            decay,
            written.getFirst().scale().product(key, next.span()),
            ((Term.Plain) outer.right()).expression()));
  }

  /** With the vector that multiplies the rows among the factors. */
  private static Summand kept(Summand part, CellBody.StateVariable state) {
    return Families.decayOfRows(part.core(), state)
        .map(decay -> new Summand(part.scale().times(decay.expression()), part.core()))
        .orElse(part);
  }
}
