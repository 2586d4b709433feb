package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Operations of one token in the states of a cell, projections and what follows a read left out:
 * one for each element of a decay, a gate, an outer product and a sum, two for each of a read.
 * Outer products that share their first side are one, and so is a read that stands there twice.
 */
public final class StateOperations {
  private final Set<Term> counted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> reads = new LinkedHashSet<>();

  private StateOperations() {}

  public static long perHead(PartBody body, Term output) {
    var operations = new StateOperations();
    long sum = 0;
    for (PartBody.StateVariable state : body.states().values()) {
      Term update = body.updates().get(state.name());
      sum += update == null ? 0 : operations.update(Summand.of(update), state);
    }
    return sum + operations.readsOf(output);
  }

  private long update(List<Summand> sum, PartBody.StateVariable state) {
    long size = state.shape().size();
    long operations = 0;
    long parts = 0;
    var columns = new LinkedHashSet<String>();
    var gated = new LinkedHashSet<String>();
    for (Summand part : sum) {
      if (part.core() instanceof Term.Outer(_, Term.Plain left, Term right, _)) {
        String column = PartText.of(left.expression());
        boolean first = columns.add(column);
        operations += (first ? size : 0) + of(right);
        operations += !part.scale().isOne() && gated.add(column) ? size : 0;
        parts += first ? 1 : 0;
      } else {
        operations += of(part.core()) + (part.scale().isOne() ? 0 : size);
        parts++;
      }
    }
    return operations + Math.max(0, parts - 1) * size;
  }

  /** As the term is written, what does not read a state left out. */
  private long of(Term term) {
    if (term instanceof Term.Plain || !counted.add(term)) {
      return 0;
    }
    return switch (term) {
      case Term.Plain _, Term.State _ -> 0;
      case Term.Contract contract -> read(contract);
      case Term.Outer _, Term.Binary _ -> term.shape().size() + ofOperands(term);
      case Term.Diagonal _, Term.Apply _ -> ofOperands(term);
    };
  }

  private long ofOperands(Term term) {
    return term.operands().stream().mapToLong(this::of).sum();
  }

  private long read(Term.Contract contract) {
    boolean known =
        contract.left() instanceof Term.Plain(var left, _)
            && contract.right() instanceof Term.State(_, String name, boolean primed, _)
            && !reads.add(PartText.of(left) + " . " + name + (primed ? "'" : ""));
    return known ? 0 : 2L * contract.right().shape().size() + ofOperands(contract);
  }

  /** Only the reads themselves: what is made of them is not a part of the recurrence. */
  private long readsOf(Term term) {
    if (!counted.add(term)) {
      return 0;
    }
    return term instanceof Term.Contract contract
        ? read(contract)
        : term.operands().stream().mapToLong(this::readsOf).sum();
  }
}
