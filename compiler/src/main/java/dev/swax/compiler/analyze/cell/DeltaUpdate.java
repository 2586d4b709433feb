package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.CellText;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The update of a matrix state in the delta-rule family: {@code S' = decay S - erase outer(key, key
 * . S) + write outer(key, value)}.
 */
record DeltaUpdate(
    Span span,
    Factors decay,
    Factors erase,
    Factors write,
    CellExpression key,
    CellExpression value) {

  /** {@code gate} times what is done at a key; every scalar of the key is in the gate. */
  private record Keyed(Summand summand, Term keyTerm, Factors gate, CellExpression key) {
    static Keyed of(Summand summand, Term key, Factors more, CellBody body) {
      Scaling scaling = Scaling.of(((Term.Plain) key).expression(), body);
      Factors gate = more.times(scaling.factors());
      return new Keyed(summand, key, gate, scaling.rest());
    }
  }

  /** Whether an update is made of the scaled state, outer products, and such reads of the state. */
  static boolean isMadeSo(List<Summand> sum, CellBody.StateVariable state) {
    return sum.stream().anyMatch(part -> isErased(part.core(), state))
        && sum.stream().anyMatch(part -> Families.isState(part.core(), state))
        && sum.stream()
            .map(Summand::core)
            .allMatch(core ->
                Families.isState(core, state)
                    || Families.isPlainOuter(core)
                    || isErased(core, state));
  }

  /** {@code outer(u, k . S)}. */
  private static boolean isErased(Term core, CellBody.StateVariable state) {
    return core instanceof Term.Outer outer
        && outer.right() instanceof Term.Contract
        && Families.readToBeWritten(core, state).isPresent();
  }

  /** The update of {@code state}, whose sum {@link #isMadeSo}, or nothing after a report. */
  static Optional<DeltaUpdate> of(
      CellBody body, Families families, Logarithms logarithms, CellBody.StateVariable state) {
    Term next = Objects.requireNonNull(body.updates().get(state.name()));
    List<Summand> sum = Summand.of(next);
    List<Summand> kept = sum.stream().filter(s -> Families.isState(s.core(), state)).toList();
    List<Summand> outer = sum.stream().filter(s -> Families.isPlainOuter(s.core())).toList();
    if (outer.isEmpty()) {
      families.incomplete(next.span(), false, state);
      return Optional.empty();
    }
    var keys = new ArrayList<Keyed>();
    var erased = new ArrayList<Summand>();
    for (Summand part : sum) {
      if (isErased(part.core(), state)) {
        keys.addAll(erasing(part, body));
        erased.add(new Summand(keys.getLast().gate.negated(), part.core()));
      }
    }
    List<Keyed> written =
        OuterProducts.joined(outer).stream().map(part -> writing(part, body)).toList();
    keys.addAll(written);
    Factors decay = KeptShare.of(kept, body, next.span());
    if (!haveOneKey(keys, families, state)
        || !isOne(written, families, state)
        || !families.decays(logarithms, decay, kept.getFirst(), state)) {
      return Optional.empty();
    }
    Keyed write = written.getFirst();
    Scaling value = Scaling.of(right(write.summand), body);
    return Optional.of(
        new DeltaUpdate(
            next.span(),
            decay,
            KeptShare.of(erased, body, next.span()),
            write.gate.times(value.factors()),
            write.key,
            value.rest()));
  }

  /** The key that is read, then the key that is written; the gate of the second is of both. */
  private static List<Keyed> erasing(Summand part, CellBody body) {
    var outer = (Term.Outer) part.core();
    var read = (Term.Contract) outer.right();
    Keyed first = Keyed.of(part, read.left(), part.scale(), body);
    return List.of(first, Keyed.of(part, outer.left(), first.gate, body));
  }

  private static Keyed writing(Summand part, CellBody body) {
    return Keyed.of(part, ((Term.Outer) part.core()).left(), part.scale(), body);
  }

  private static CellExpression right(Summand part) {
    return ((Term.Plain) ((Term.Outer) part.core()).right()).expression();
  }

  private static boolean isOne(
      List<Keyed> written, Families families, CellBody.StateVariable state) {
    if (written.size() > 1) {
      families.severalOuters(written.get(1).summand, written.size(), state);
    }
    return written.size() == 1;
  }

  private static boolean haveOneKey(
      List<Keyed> keys, Families families, CellBody.StateVariable state) {
    String first = CellText.of(keys.getFirst().key);
    for (Keyed other : keys) {
      String text = CellText.of(other.key);
      if (!text.equals(first)) {
        families.secondKey(other.keyTerm.span(), first, text, state);
        return false;
      }
    }
    return true;
  }
}
