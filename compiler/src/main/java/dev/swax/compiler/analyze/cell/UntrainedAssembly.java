package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.Recurrence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts a cell together that no kernel computes yet: all that counts it, and why it stays there. */
final class UntrainedAssembly {
  private final CellBody body;
  private final Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<CellExpression> expressions = new LinkedHashSet<>();
  private final Set<String> reached = new LinkedHashSet<>();

  UntrainedAssembly(CellBody body) {
    this.body = body;
  }

  /** The states that {@code out} rests on, through others too. */
  static Set<String> statesOf(CellBody body, Term output) {
    var states = new LinkedHashSet<String>();
    collectStates(body, output, states, Collections.newSetFromMap(new IdentityHashMap<>()));
    return states;
  }

  private static void collectStates(CellBody body, Term term, Set<String> states, Set<Term> seen) {
    if (!seen.add(term)) {
      return;
    }
    if (term instanceof Term.State(_, String name, _, _) && states.add(name)) {
      Term update = body.updates().get(name);
      if (update != null) {
        collectStates(body, update, states, seen);
      }
    }
    term.operands().forEach(operand -> collectStates(body, operand, states, seen));
  }

  Cell cell(Term output) {
    collect(output);
    body.updates().values().forEach(this::collect);
    Diagnostic reason = body.reasons().getFirst();
    var recurrence =
        new Recurrence.Untrained(
            body.states().values().stream().map(this::state).toList(),
            List.copyOf(expressions),
            StateOperations.perHead(body, output) * body.heads(),
            reason.span(),
            reason.message());
    return new Cell(
        body.declaration().name().text(),
        body.declaration().span(),
        body.width(),
        body.heads(),
        definitions(),
        recurrence,
        expression(output));
  }

  private Recurrence.Untrained.State state(CellBody.StateVariable state) {
    int rows = state.shape() instanceof Shape.Table(int first, _) ? first : state.shape().size();
    int columns = state.shape() instanceof Shape.Table(_, int second) ? second : 1;
    Term update = body.updates().get(state.name());
    String text = update == null ? "" : written(update);
    return new Recurrence.Untrained.State(state.name(), rows, columns, text);
  }

  private static String written(Term term) {
    return term.span().words();
  }

  /** Every expression in a term, of those that read a state the ones that have weights. */
  private void collect(Term term) {
    if (!seen.add(term)) {
      return;
    }
    switch (term) {
      case Term.Plain(var value, _) -> reach(value);
      case Term.Apply apply -> {
        CellExpression value = apply.wrap().apply(placeholder(apply.operand()));
        if (value.hasWeights()) {
          expressions.add(value);
        }
      }
      case Term.State _, Term.Outer _, Term.Contract _, Term.Diagonal _, Term.Binary _ -> {}
    }
    term.operands().forEach(this::collect);
  }

  private void reach(CellExpression value) {
    expressions.add(value);
    reachNames(value);
  }

  private void reachNames(CellExpression value) {
    if (value instanceof CellExpression.Reference(_, String name, _)
        && reached.add(name)
        && body.definitions().get(name) instanceof CellBody.Defined(_, _, Term.Plain plain, _)) {
      reachNames(plain.expression());
    }
    value.operands().forEach(this::reachNames);
  }

  private CellExpression expression(Term term) {
    return term instanceof Term.Plain(var value, _) ? value : placeholder(term);
  }

  private static CellExpression placeholder(Term term) {
    return new CellExpression.OfState(
        term.span(), written(term), term.shape().size(), term.shape() instanceof Shape.Width);
  }

  private List<Cell.Definition> definitions() {
    var definitions = new ArrayList<Cell.Definition>();
    for (CellBody.Defined defined : body.definitions().values()) {
      if (defined.term() instanceof Term.Plain(var value, _) && reached.contains(defined.name())) {
        definitions.add(
            new Cell.Definition(defined.span(), defined.name(), value, defined.groups()));
      }
    }
    return definitions;
  }
}
