package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Term;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A term in the place of another, which is found by its identity: the value of a line. */
final class Substitution {
  private final Map<Term, Term> replaced = new IdentityHashMap<>();

  Substitution(Term old, Term replacement) {
    replaced.put(old, replacement);
  }

  /** A term after it; the same one where nothing was replaced. */
  @SuppressWarnings("ReferenceEquality") // equal terms are several places
  Term of(Term term) {
    Term known = replaced.get(term);
    if (known != null) {
      return known;
    }
    List<Term> operands = term.operands().stream().map(this::of).toList();
    boolean same = true;
    for (int i = 0; i < operands.size(); i++) {
      same &= operands.get(i) == term.operands().get(i);
    }
    Term result = same ? term : term.with(operands);
    replaced.put(term, result);
    return result;
  }
}
