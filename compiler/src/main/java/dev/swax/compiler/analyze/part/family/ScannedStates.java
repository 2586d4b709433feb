package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.analyze.part.body.TermBuilder;
import dev.swax.compiler.model.part.PartExpression;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Vector states that stand beside the state of a family: such as a normaliser with a decay of its
 * own, or what a key reads. Where {@code h' = decay * h + input} reads nothing else of the states,
 * it is scanned first; {@code h'} then is a value like any other, and {@code h} that of the token
 * before.
 */
public final class ScannedStates {
  private final PartBody body;
  private final SequencedMap<String, PartExpression.Scan> scans = new LinkedHashMap<>();
  private final Map<Term, PartBody.Defined> lines = new IdentityHashMap<>();
  private final Map<Term, Term> replaced = new IdentityHashMap<>();

  public ScannedStates(PartBody body) {
    this.body = body;
    body.definitions().values().forEach(defined -> lines.put(defined.term(), defined));
  }

  /** Makes values of all such states but the last state; tells whether there were any. */
  public boolean replace() {
    boolean found = true;
    while (found && scans.size() < body.states().size() - 1) {
      found = scanNext();
    }
    if (scans.isEmpty()) {
      return false;
    }
    var states = new LinkedHashMap<>(body.states());
    var updates = new LinkedHashMap<String, Term>();
    states.keySet().removeAll(scans.keySet());
    states.keySet().forEach(name -> updates.put(name, of(update(name))));
    body.lines(new PartBody.Lines(states, updates, definitions()));
    return true;
  }

  private Term update(String state) {
    return Objects.requireNonNull(body.updates().get(state));
  }

  private boolean scanNext() {
    for (PartBody.StateVariable state : body.states().values()) {
      boolean mayBe = state.shape() instanceof Shape.Vector && !scans.containsKey(state.name());
      PartExpression.Scan scan = mayBe ? scan(state) : null;
      if (scan != null) {
        scans.put(state.name(), scan);
        replaced.clear();
        return true;
      }
    }
    return false;
  }

  private PartExpression.@Nullable Scan scan(PartBody.StateVariable state) {
    StateUpdate update = StateUpdate.of(body, state, of(update(state.name())));
    boolean takesIn = update.sum().stream().anyMatch(part -> part.core() instanceof Term.Plain);
    boolean keeps = update.sum().stream().anyMatch(part -> !(part.core() instanceof Term.Plain));
    if (!ScanUpdate.isMadeSo(update) || !takesIn || !keeps) {
      return null;
    }
    ScanUpdate form = ScanUpdate.of(update).orElseThrow();
    return new PartExpression.Scan(
        update.span(),
        state.name(),
        form.decay(),
        form.input(),
        body.heads(),
        state.shape().size());
  }

  /** Scans come before the first line that reads one. */
  private SequencedMap<String, PartBody.Defined> definitions() {
    var definitions = new LinkedHashMap<String, PartBody.Defined>();
    for (PartBody.Defined defined : body.definitions().values()) {
      Term read = of(defined.term());
      Term term = read instanceof Term.Plain ? written(defined.term()) : read;
      if (readsScan(defined.term())) {
        addScans(definitions);
      }
      definitions.put(
          defined.name(),
          new PartBody.Defined(defined.span(), defined.name(), term, defined.groups()));
    }
    addScans(definitions);
    return definitions;
  }

  private void addScans(Map<String, PartBody.Defined> definitions) {
    scans.forEach((name, scan) ->
        definitions.putIfAbsent(
            name,
            new PartBody.Defined(
                scan.span(), name, new Term.Plain(scan, new Shape.Vector(scan.size())), null)));
  }

  /** A term with scans as values; by its name where it is a line that now reads no state. */
  private Term of(Term term) {
    Term known = replaced.get(term);
    if (known != null) {
      return known;
    }
    Term result = written(term);
    PartBody.Defined line = lines.get(term);
    if (readsScan(term)
        && line != null
        && !line.name().equals(PartBody.OUTPUT)
        && result instanceof Term.Plain(var value, Shape shape)) {
      result =
          new Term.Plain(
              new PartExpression.Reference(line.span(), line.name(), value.size()), shape);
    }
    replaced.put(term, result);
    return result;
  }

  private boolean readsScan(Term term) {
    return (term instanceof Term.State read && scans.containsKey(read.name()))
        || term.operands().stream().anyMatch(this::readsScan);
  }

  private Term written(Term term) {
    if (!readsScan(term)) {
      return term;
    }
    return switch (term) {
      case Term.Plain _ -> term;
      case Term.State read -> new Term.Plain(value(read), read.shape());
      case Term.Outer(var span, Term left, Term right, Shape shape) ->
          new Term.Outer(span, of(left), of(right), shape);
      case Term.Contract contract -> contract(contract, of(contract.left()), of(contract.right()));
      case Term.Diagonal(var span, Term operand, Shape shape) ->
          new Term.Diagonal(span, of(operand), shape);
      case Term.Binary binary -> binary(binary, of(binary.left()), of(binary.right()));
      case Term.Apply(var span, String function, Term operand, Shape shape, var wrap) ->
          TermBuilder.apply(span, function, of(operand), shape, wrap);
    };
  }

  private PartExpression value(Term.State read) {
    var after = new PartExpression.Reference(read.span(), read.name(), read.shape().size());
    return read.primed() ? after : EarlierState.previous(after, body);
  }

  private static Term contract(Term.Contract contract, Term left, Term right) {
    return left instanceof Term.Plain(var a, _)
            && right instanceof Term.Plain(var b, _)
            && right.shape() instanceof Shape.Vector
        ? new Term.Plain(new PartExpression.Dot(contract.span(), a, b), contract.shape())
        : new Term.Contract(contract.span(), left, right, contract.shape());
  }

  private static Term binary(Term.Binary binary, Term left, Term right) {
    Shape shape = binary.shape();
    return left instanceof Term.Plain(var a, _) && right instanceof Term.Plain(var b, _)
        ? new Term.Plain(
            new PartExpression.Binary(binary.span(), binary.function(), a, b, shape.size()), shape)
        : new Term.Binary(binary.span(), binary.function(), left, right, shape);
  }
}
