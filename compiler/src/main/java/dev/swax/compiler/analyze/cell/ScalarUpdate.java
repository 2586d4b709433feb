package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The update of a matrix state in the scalar-decay family: {@code S' = kept S + scale outer(k, v)}.
 */
record ScalarUpdate(
    CellBody body,
    CellBody.StateVariable state,
    Span span,
    Factors kept,
    Factors scale,
    Term.Outer outer) {

  /** The update of {@code state}, or nothing after a report. */
  static Optional<ScalarUpdate> of(
      CellBody body, Families families, Logarithms logarithms, CellBody.StateVariable state) {
    Term next = Objects.requireNonNull(body.updates().get(state.name()));
    List<Summand> sum = Summand.of(next);
    if (!families.scalarDecay(sum, state)) {
      return Optional.empty();
    }
    List<Summand> kept = sum.stream().filter(s -> Families.isState(s.core(), state)).toList();
    List<Summand> written =
        OuterProducts.joined(sum.stream().filter(s -> Families.isPlainOuter(s.core())).toList());
    if (written.size() > 1) {
      families.severalOuters(written.get(1), written.size(), state);
      return Optional.empty();
    }
    if (kept.isEmpty() || written.isEmpty()) {
      families.incomplete(next.span(), kept.isEmpty(), state);
      return Optional.empty();
    }
    Factors decay = KeptShare.of(kept, body, next.span());
    if (!families.decays(logarithms, decay, kept.getFirst(), state)) {
      return Optional.empty();
    }
    return Optional.of(
        new ScalarUpdate(
            body,
            state,
            next.span(),
            decay,
            written.getFirst().scale(),
            (Term.Outer) written.getFirst().core()));
  }

  /** With every scalar that multiplies k or v moved to the input gate. */
  Gates gates() {
    Scaling value = Scaling.of(right(), body);
    return gates(value.factors(), value.rest());
  }

  /** With what multiplies v left there. */
  private Gates gatesBesideValue() {
    return gates(Factors.ONE, right());
  }

  private Gates gates(Factors ofValue, CellExpression value) {
    Scaling key = Scaling.of(((Term.Plain) outer.left()).expression(), body);
    return new Gates(kept, scale.times(key.factors()).times(ofValue), key.rest(), value, span);
  }

  private CellExpression right() {
    return ((Term.Plain) outer.right()).expression();
  }

  /** The gates that {@code n' = forget n + input key} shares with this, if it does. */
  Optional<Gates> gatesWithNormalizer(CellBody.StateVariable normalizer, Term next) {
    List<Summand> sum = Summand.of(next);
    List<Summand> decayed =
        sum.stream().filter(s -> Families.isState(s.core(), normalizer)).toList();
    List<Summand> added = sum.stream().filter(s -> s.core() instanceof Term.Plain).toList();
    if (sum.size() != 2 || decayed.size() != 1 || added.size() != 1) {
      return Optional.empty();
    }
    Factors forget = decayed.getFirst().scale();
    Scaling key = Scaling.of(((Term.Plain) added.getFirst().core()).expression(), body);
    Factors input = added.getFirst().scale().times(key.factors());
    return Optional.of(gates())
        .filter(gates -> gates.hasNormalizer(forget, input, key.rest()))
        .or(() ->
            Optional.of(gatesBesideValue())
                .filter(gates -> gates.hasNormalizer(forget, input, key.rest())));
  }
}
