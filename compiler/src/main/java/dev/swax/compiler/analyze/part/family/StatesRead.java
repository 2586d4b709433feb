package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which states a value is made of. */
public final class StatesRead {
  private StatesRead() {}

  /** The states that {@code out} rests on, through others too. */
  public static Set<String> of(PartBody body, Term output) {
    var states = new LinkedHashSet<String>();
    collect(body, output, states, Collections.newSetFromMap(new IdentityHashMap<>()));
    return states;
  }

  private static void collect(PartBody body, Term term, Set<String> states, Set<Term> seen) {
    if (!seen.add(term)) {
      return;
    }
    if (term instanceof Term.State(_, String name, _, _) && states.add(name)) {
      Term update = body.updates().get(name);
      if (update != null) {
        collect(body, update, states, seen);
      }
    }
    term.operands().forEach(operand -> collect(body, operand, states, seen));
  }
}
