package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what reads the state into expressions of one result, the read of the state itself. */
final class Readout {
  private final CellBody body;
  private final CellBody.StateVariable state;
  private final Map<Term, CellBody.Defined> names = new IdentityHashMap<>();
  private final Map<Term, CellExpression> converted = new IdentityHashMap<>();
  private final List<Cell.Definition> definitions = new ArrayList<>();
  private @Nullable Read read;
  private @Nullable Span place;
  private String result = "";

  Readout(CellBody body, CellBody.StateVariable state) {
    this.body = body;
    this.state = state;
    body.definitions().values().forEach(defined -> names.put(defined.term(), defined));
  }

  /** How the state is read, once an expression has been converted that reads it. */
  @Nullable Read read() {
    return read;
  }

  /** The name of the read. */
  String result() {
    return result;
  }

  /** What is computed from the read under names of its own, in order. */
  List<Cell.Definition> definitions() {
    return definitions;
  }

  /** The expression of a term, or null after a report. */
  @Nullable CellExpression convert(Term term) {
    if (term instanceof Term.Plain(var expression, _)) {
      return expression;
    }
    CellExpression known = converted.get(term);
    if (known != null) {
      return known;
    }
    CellExpression expression = expression(term);
    CellBody.Defined defined = names.get(term);
    if (expression != null
        && defined != null
        && !defined.name().equals(CellBody.OUTPUT)
        && !isResult(expression, defined.name())) {
      definitions.add(new Cell.Definition(defined.span(), defined.name(), expression));
      expression = new CellExpression.Reference(defined.span(), defined.name(), expression.size());
    }
    if (expression != null) {
      converted.put(term, expression);
    }
    return expression;
  }

  private static boolean isResult(CellExpression expression, String name) {
    return expression instanceof CellExpression.Reference reference
        && reference.name().equals(name);
  }

  private @Nullable CellExpression expression(Term term) {
    ProductChain chain = ProductChain.of(term);
    Read found = Read.of(chain, state.name(), body).orElse(null);
    if (found != null && (chain.isScaledByNumbers() || !chain.below().isEmpty())) {
      CellExpression value = register(term, found, chain.isScaledByNumbers());
      return value == null ? null : chain.plain().applyTo(value, term.span());
    }
    return switch (term) {
      case Term.Plain(var expression, _) -> expression;
      case Term.Apply apply -> {
        CellExpression operand = convert(apply.operand());
        yield operand == null ? null : apply.wrap().apply(operand);
      }
      case Term.Binary binary -> binary(binary);
      case Term.State unread -> unread(unread, unread);
      case Term.Contract contract when contract.right() instanceof Term.State unread ->
          unread(contract, unread);
      case Term.Contract contract -> dot(contract);
      case Term.Outer _, Term.Diagonal _ -> notHandled(term);
    };
  }

  private @Nullable CellExpression binary(Term.Binary binary) {
    CellExpression left = convert(binary.left());
    CellExpression right = convert(binary.right());
    return left == null || right == null
        ? null
        : new CellExpression.Binary(
            binary.span(), binary.function(), left, right, binary.shape().size());
  }

  private @Nullable CellExpression dot(Term.Contract contract) {
    if (!(contract.right().shape() instanceof Shape.Vector)) {
      return notHandled(contract);
    }
    CellExpression left = convert(contract.left());
    CellExpression right = convert(contract.right());
    return left == null || right == null
        ? null
        : new CellExpression.Dot(contract.span(), left, right);
  }

  private @Nullable CellExpression unread(Term term, Term.State used) {
    if (used.primed()) {
      return notHandled(term);
    }
    body.untrained(
        Code.STATE_BEFORE_UPDATE,
        used.span(),
        "`%s` is the state before this token, but only reads of the one after it can be trained yet"
            .formatted(used.name()),
        "`%s'`".formatted(used.name()));
    return null;
  }

  private @Nullable CellExpression notHandled(Term term) {
    body.untrained(
        Code.READ_NOT_HANDLED,
        term.span(),
        "a read can be trained as `q . %s'`, alone or divided by `q . n'` or `max(abs(q . n'), 1)`"
            .formatted(state.name()),
        null);
    return null;
  }

  /** The one read of this cell; its name is that of the line where it stands alone. */
  private @Nullable CellExpression register(Term term, Read found, boolean alone) {
    Shape.Table table = (Shape.Table) state.shape();
    if (read == null) {
      read = found;
      place = term.span();
      CellBody.Defined defined = names.get(term);
      String name = defined == null ? CellBody.OUTPUT : defined.name();
      boolean named = alone && found.gain() == 1 && !name.equals(CellBody.OUTPUT);
      result = named ? name : unusedName();
    } else if (!read.same(found)) {
      body.untrained(
          new Diagnostic(
              Code.READ_NOT_HANDLED,
              term.span(),
              "only one read of a state can be trained yet, but this cell has two",
              place == null
                  ? List.of()
                  : List.of(new Diagnostic.Note(place, "the first way is here")),
              null));
      return null;
    }
    var reference = new CellExpression.Reference(term.span(), result, table.columns());
    return found.gain() == 1
        ? reference
        : new CellExpression.Binary(
            term.span(),
            BinaryFunction.MULTIPLY,
            new CellExpression.Constant(term.span(), found.gain()),
            reference,
            table.columns());
  }

  private String unusedName() {
    var taken = new LinkedHashSet<>(body.names());
    String name = "read";
    for (int i = 2; !taken.add(name); i++) {
      name = "read_" + i;
    }
    return name;
  }
}
