package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * The update of a matrix state in the scalar-decay family: {@code S' = kept S + scale outer(k, v)}.
 */
record ScalarUpdate(
    PartBody body,
    PartBody.StateVariable state,
    Span span,
    Factors kept,
    Factors scale,
    Term.Outer outer) {

  /** Whether an update is made of the scaled state and outer products that are one. */
  static boolean isMadeSo(StateUpdate update) {
    return update.state().shape() instanceof Shape.Table
        && update.sum().stream()
            .map(Summand::core)
            .allMatch(
                core -> StateTerms.isState(core, update.state()) || StateTerms.isPlainOuter(core))
        && update.written().size() < 2;
  }

  /** An update that {@link #isMadeSo}, or nothing after a report. */
  static Optional<ScalarUpdate> of(StateUpdate update) {
    List<Summand> kept = update.kept();
    List<Summand> written = update.written();
    if (kept.isEmpty() || written.isEmpty()) {
      update.families().incomplete(update.span(), kept.isEmpty(), update.state());
      return Optional.empty();
    }
    Factors decay = KeptShare.of(kept, update.body(), update.span());
    if (!update.decays(decay, kept.getFirst())) {
      return Optional.empty();
    }
    return Optional.of(
        new ScalarUpdate(
            update.body(),
            update.state(),
            update.span(),
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

  private Gates gates(Factors ofValue, PartExpression value) {
    Scaling key = Scaling.of(((Term.Plain) outer.left()).expression(), body);
    return new Gates(kept, scale.times(key.factors()).times(ofValue), key.rest(), value, span);
  }

  private PartExpression right() {
    return ((Term.Plain) outer.right()).expression();
  }

  /** The gates that {@code n' = forget n + input key} shares with this, if it does. */
  Optional<Gates> gatesWithNormalizer(PartBody.StateVariable normalizer, Term next) {
    List<Summand> sum = Summand.of(next);
    List<Summand> decayed =
        sum.stream().filter(s -> StateTerms.isState(s.core(), normalizer)).toList();
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
