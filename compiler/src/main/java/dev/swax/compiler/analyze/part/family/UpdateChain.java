package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A next state that is made in several steps, as updates that follow one another, each of the state
 * that the one before left:
 *
 * <ul>
 *   <li>of lines, {@code M = S - outer(k, k . S) + outer(k, v)} and {@code S' = M - outer(l, l . M)
 *       + outer(l, w)};
 *   <li>of several outer products, {@code S' = a * S + outer(k, v) + outer(l, w)}.
 * </ul>
 */
final class UpdateChain {
  private final StateUpdate update;

  private UpdateChain(StateUpdate update) {
    this.update = update;
  }

  /** The updates in their order, at least one; several outer products are apart. */
  static List<StateUpdate> of(StateUpdate update) {
    PartBody.StateVariable state = update.state();
    Term next = Objects.requireNonNull(update.body().updates().get(state.name()));
    return new UpdateChain(update).links(next);
  }

  @SuppressWarnings("ReferenceEquality") // a line is found by its identity
  private List<StateUpdate> links(Term next) {
    StateUpdate whole = link(next.span(), Summand.of(next));
    if (isSimple(whole)) {
      return apart(whole);
    }
    for (PartBody.Defined line : update.body().definitions().sequencedValues().reversed()) {
      Term middle = line.term();
      if (middle != next && middle.shape() instanceof Shape.Table && middle.readsState()) {
        Term rest = new Substitution(middle, state()).of(next);
        Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(middle);
        StateUpdate last = link(next.span(), Summand.of(rest));
        if (rest != next && !readsBeside(next, seen) && isSimple(last)) {
          var links = new ArrayList<>(links(middle));
          links.addAll(apart(last));
          return links;
        }
      }
    }
    return List.of(whole);
  }

  private Term.State state() {
    PartBody.StateVariable state = update.state();
    return new Term.State(state.span(), state.name(), false, state.shape());
  }

  private StateUpdate link(Span span, List<Summand> sum) {
    return new StateUpdate(
        update.body(), update.state(), span, sum, update.families(), update.logarithms());
  }

  /** Whether an update is made of the state, scaled or its rows, its reads and outer products. */
  private static boolean isSimple(StateUpdate link) {
    return link.sum().stream()
        .map(Summand::core)
        .allMatch(core ->
            RowsUpdate.isKept(core, link.state())
                || StateTerms.isPlainOuter(core)
                || DeltaUpdate.isErased(core, link.state()));
  }

  /** Whether a term reads the state anywhere but in a middle that has been seen. */
  private boolean readsBeside(Term term, Set<Term> seen) {
    return seen.add(term)
        && (StateTerms.isState(term, update.state())
            || term.operands().stream().anyMatch(operand -> readsBeside(operand, seen)));
  }

  /** All but the first outer product as updates of their own, which keep all of the state. */
  private List<StateUpdate> apart(StateUpdate link) {
    List<Summand> written = link.written();
    if (written.size() < 2) {
      return List.of(link);
    }
    var links = new ArrayList<StateUpdate>();
    for (Summand outer : written) {
      var sum = new ArrayList<Summand>();
      if (links.isEmpty()) {
        link.sum().stream().filter(s -> !StateTerms.isPlainOuter(s.core())).forEach(sum::add);
      } else {
        sum.add(new Summand(Factors.ONE, state()));
      }
      sum.add(outer);
      links.add(link(outer.core().span(), sum));
    }
    return links;
  }
}
