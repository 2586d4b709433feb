package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The update of a matrix state in the delta-rule family: {@code S' = decay S - erase outer(key, key
 * . S) + write outer(key, value)}.
 */
record DeltaUpdate(
    Factors decay, Factors erase, Factors write, PartExpression key, PartExpression value) {

  /** {@code gate} times what is done at a key; every scalar of the key is in the gate. */
  private record Keyed(Summand summand, Factors gate, PartExpression key) {
    static Keyed of(Summand summand, Term key, Factors more, PartBody body) {
      Scaling scaling = Scaling.of(((Term.Plain) key).expression(), body);
      Factors gate = more.times(scaling.factors());
      return new Keyed(summand, gate, scaling.rest());
    }
  }

  /** Whether an update is made of the scaled state, outer products and such reads, at one key. */
  static boolean isMadeSo(StateUpdate update) {
    PartBody.StateVariable state = update.state();
    List<Term> cores = update.sum().stream().map(Summand::core).toList();
    return cores.stream().anyMatch(core -> isErased(core, state))
        && cores.stream().anyMatch(core -> StateTerms.isState(core, state))
        && cores.stream()
            .allMatch(core ->
                StateTerms.isState(core, state)
                    || StateTerms.isPlainOuter(core)
                    || isErased(core, state))
        && haveOneKey(update)
        && update.written().size() < 2;
  }

  /** {@code outer(u, k . S)}. */
  static boolean isErased(Term core, PartBody.StateVariable state) {
    return core instanceof Term.Outer outer
        && outer.right() instanceof Term.Contract
        && StateTerms.readToBeWritten(core, state).isPresent();
  }

  /** An update that {@link #isMadeSo}, or nothing after a report. */
  static Optional<DeltaUpdate> of(StateUpdate update) {
    PartBody body = update.body();
    PartBody.StateVariable state = update.state();
    List<Summand> kept = update.kept();
    List<Summand> outer = update.written();
    if (outer.isEmpty()) {
      update.families().incomplete(update.span(), false, state);
      return Optional.empty();
    }
    var erased = new ArrayList<Summand>();
    for (Summand part : update.sum()) {
      if (isErased(part.core(), state)) {
        erased.add(new Summand(erasing(part, body).getLast().gate.negated(), part.core()));
      }
    }
    Factors decay = KeptShare.of(kept, body, update.span());
    if (!update.decays(decay, kept.getFirst())) {
      return Optional.empty();
    }
    Keyed write = writing(outer.getFirst(), body);
    Scaling value = Scaling.of(right(write.summand), body);
    return Optional.of(
        new DeltaUpdate(
            decay,
            KeptShare.of(erased, body, update.span()),
            write.gate.times(value.factors()),
            write.key,
            value.rest()));
  }

  /** The key that is read, then the key that is written; the gate of the second is of both. */
  private static List<Keyed> erasing(Summand part, PartBody body) {
    var outer = (Term.Outer) part.core();
    var read = (Term.Contract) outer.right();
    Keyed first = Keyed.of(part, read.left(), part.scale(), body);
    return List.of(first, Keyed.of(part, outer.left(), first.gate, body));
  }

  private static Keyed writing(Summand part, PartBody body) {
    return Keyed.of(part, ((Term.Outer) part.core()).left(), part.scale(), body);
  }

  private static PartExpression right(Summand part) {
    return ((Term.Plain) ((Term.Outer) part.core()).right()).expression();
  }

  /** Whether all that is taken out is at the key where all is written. */
  private static boolean haveOneKey(StateUpdate update) {
    var keys = new ArrayList<Keyed>();
    for (Summand part : update.sum()) {
      if (isErased(part.core(), update.state())) {
        keys.addAll(erasing(part, update.body()));
      }
    }
    update.written().forEach(part -> keys.add(writing(part, update.body())));
    return keys.stream().map(keyed -> PartText.of(keyed.key)).distinct().count() == 1;
  }
}
