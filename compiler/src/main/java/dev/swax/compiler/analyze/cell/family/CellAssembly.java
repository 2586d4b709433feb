package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.analyze.cell.body.CellBody;
import dev.swax.compiler.analyze.cell.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.Recurrence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a checked body together: its recurrence, and the definitions that it still needs. */
public final class CellAssembly {
  private final CellBody body;
  private final @Nullable Logarithms logarithms;

  public CellAssembly(StateUpdate update) {
    body = update.body();
    logarithms = update.logarithms();
  }

  /** Of a body without a state. */
  CellAssembly(CellBody body) {
    this.body = body;
    logarithms = null;
  }

  public Cell cell(Recurrence recurrence, Conversion readout, CellExpression output) {
    return cell(recurrence, readout.definitions(), output);
  }

  /** Without a recurrence. */
  Cell cell(CellExpression output) {
    return cell(null, List.of(), output);
  }

  private Cell cell(
      @Nullable Recurrence recurrence, List<Cell.Definition> read, CellExpression output) {
    warnOfUnused(body);
    return new Cell(
        body.declaration().kind(),
        body.declaration().name().text(),
        body.declaration().span(),
        body.parameterTexts(),
        body.width(),
        body.heads(),
        definitions(recurrence, read, output),
        recurrence,
        output,
        body.shared());
  }

  /** Those that the recurrence and the output lead to, in the order of the body. */
  private List<Cell.Definition> definitions(
      @Nullable Recurrence recurrence, List<Cell.Definition> read, CellExpression output) {
    var all = new ArrayList<Cell.Definition>();
    for (CellBody.Defined defined : body.definitions().values()) {
      if (defined.term() instanceof Term.Plain(var expression, _)
          && !expression.isFixed()
          && !defined.name().equals(CellBody.OUTPUT)) {
        addLogarithm(defined, all);
        all.add(new Cell.Definition(defined.span(), defined.name(), expression, defined.groups()));
      }
    }
    all.addAll(read);
    Set<String> used = used(recurrence, output);
    for (int before = -1; before < used.size(); ) {
      before = used.size();
      for (Cell.Definition definition : all.reversed()) {
        if (used.contains(definition.name())) {
          collect(definition.value(), used);
        }
      }
    }
    return all.stream().filter(definition -> used.contains(definition.name())).toList();
  }

  private void addLogarithm(CellBody.Defined defined, List<Cell.Definition> all) {
    String name = logarithms == null ? null : logarithms.names().get(defined.name());
    CellExpression value = logarithms == null || name == null ? null : logarithms.named().get(name);
    if (name != null && value != null) {
      all.add(new Cell.Definition(defined.span(), name, value, defined.groups()));
    }
  }

  private static Set<String> used(@Nullable Recurrence recurrence, CellExpression output) {
    var used = new LinkedHashSet<String>();
    if (recurrence != null) {
      recurrence.operands().values().forEach(operand -> collect(operand, used));
    }
    collect(output, used);
    return used;
  }

  private static void collect(CellExpression expression, Set<String> used) {
    if (expression instanceof CellExpression.Reference(_, String name, _)) {
      used.add(name);
    }
    expression.operands().forEach(operand -> collect(operand, used));
  }

  public static void warnOfUnused(CellBody body) {
    for (CellBody.Defined defined : body.definitions().values()) {
      if (!body.isUsed(defined.name()) && !defined.name().equals(CellBody.OUTPUT)) {
        body.report(
            Code.CELL_VALUE_UNUSED,
            defined.span(),
            "`%s` is never used, so it is left out, and its weights too".formatted(defined.name()),
            null);
      }
    }
  }
}
