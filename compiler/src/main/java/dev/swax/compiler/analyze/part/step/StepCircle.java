package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds next values that need themselves: {@code h' = n' + x} beside {@code n' = h'}. */
public final class StepCircle {
  private final PartBody body;
  private final Set<Term> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> finished = new LinkedHashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  public StepCircle(PartBody body) {
    this.body = body;
  }

  /** The place where a next value is read that is being computed, or null. */
  public Term.@Nullable State find() {
    for (String state : body.states().keySet()) {
      Term.State found = state(state);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Term.@Nullable State state(String name) {
    if (finished.contains(name)) {
      return null;
    }
    open.push(name);
    Term.State found = term(Objects.requireNonNull(body.updates().get(name)));
    open.pop();
    finished.add(name);
    return found;
  }

  private Term.@Nullable State term(Term term) {
    if (term instanceof Term.State state && state.primed()) {
      return open.contains(state.name()) ? state : state(state.name());
    }
    if (!done.add(term)) {
      return null;
    }
    for (Term operand : term.operands()) {
      Term.State found = term(operand);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
