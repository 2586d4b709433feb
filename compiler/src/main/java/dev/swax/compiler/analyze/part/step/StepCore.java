package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of an output that a step has to compute: the smallest value that everything the output
 * takes from the states goes through.
 */
final class StepCore {
  private final Map<Term, Integer> sizes = new IdentityHashMap<>();

  private StepCore() {}

  static Term of(Term output) {
    var core = new StepCore();
    Term best = output;
    for (Term candidate : core.candidates(output)) {
      boolean smaller = core.size(candidate) < core.size(best);
      if (smaller && !readsWithout(output, candidate, identitySet())) {
        best = candidate;
      }
    }
    return best;
  }

  /** What can be a result: vectors that read a state. */
  private List<Term> candidates(Term output) {
    List<Term> found = new ArrayList<>();
    collect(output, found, identitySet());
    return found;
  }

  private static void collect(Term term, List<Term> found, Set<Term> seen) {
    if (seen.add(term) && term.readsState()) {
      if (term.shape() instanceof Shape.Vector) {
        found.add(term);
      }
      term.operands().forEach(operand -> collect(operand, found, seen));
    }
  }

  /** Whether a state is read beside a term. */
  private static boolean readsWithout(Term term, Term without, Set<Term> seen) {
    if (same(term, without) || !seen.add(term)) {
      return false;
    }
    return term instanceof Term.State
        || term.operands().stream().anyMatch(operand -> readsWithout(operand, without, seen));
  }

  /** A state is the same wherever its name stands, a value where it is one term. */
  @SuppressWarnings("ReferenceEquality") // two equal terms are still two values of a step
  static boolean same(Term a, Term b) {
    return a == b
        || (a instanceof Term.State(_, String name, boolean primed, _)
            && b instanceof Term.State(_, String other, boolean alsoPrimed, _)
            && name.equals(other)
            && primed == alsoPrimed);
  }

  private int size(Term term) {
    Integer known = sizes.get(term);
    if (known == null) {
      known = 1 + term.operands().stream().mapToInt(this::size).sum();
      sizes.put(term, known);
    }
    return known;
  }

  private static Set<Term> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
