package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.Recurrence;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a classified cell together: its recurrence, and the definitions that it still needs. */
final class CellAssembly {
  private final CellBody body;
  private final Declaration.Cell declaration;
  private final Logarithms logarithms;

  CellAssembly(CellBody body, Declaration.Cell declaration, Logarithms logarithms) {
    this.body = body;
    this.declaration = declaration;
    this.logarithms = logarithms;
  }

  Cell cell(
      CellBody.StateVariable matrix,
      Gates classified,
      Read read,
      Readout readout,
      CellExpression output) {
    warnOfUnused(body);
    Gates gates = classified.withLoggableInput(logarithms);
    CellExpression logInput = logarithms.of(gates.input(), gates.span());
    CellExpression logForget = logarithms.of(gates.forget(), gates.span());
    var shape =
        new MemoryShape(
            body.heads(),
            ((Shape.Table) matrix.shape()).rows(),
            ((Shape.Table) matrix.shape()).columns(),
            (float) read.scale(),
            read.normalizer(),
            logInput != null,
            logForget != null);
    var recurrence =
        new Recurrence.Trained(
            shape,
            operands(read.query(), gates.key(), gates.value(), logInput, logForget),
            readout.result());
    return cell(recurrence, readout, output);
  }

  Cell delta(
      CellBody.StateVariable matrix,
      DeltaUpdate update,
      Read read,
      Readout readout,
      CellExpression output) {
    warnOfUnused(body);
    CellExpression logDecay = logarithms.of(update.decay(), update.span());
    var operands = new LinkedHashMap<String, CellExpression>();
    operands.put("q", read.query());
    operands.put("k", update.key());
    operands.put("v", update.value());
    operands.put("erase", update.erase().expression(update.span()));
    operands.put("write", update.write().expression(update.span()));
    if (logDecay != null) {
      operands.put("log_decay", logDecay);
    }
    Shape.Table table = (Shape.Table) matrix.shape();
    var shape =
        new DeltaShape(
            body.heads(), table.rows(), table.columns(), (float) read.scale(), logDecay != null);
    return cell(new Recurrence.Trained(shape, operands, readout.result()), readout, output);
  }

  Cell rows(
      CellBody.StateVariable matrix,
      RowsUpdate update,
      Read read,
      Readout readout,
      CellExpression output) {
    warnOfUnused(body);
    CellExpression logDecay = logarithms.of(update.decay(), update.span());
    var operands = new LinkedHashMap<String, CellExpression>();
    operands.put("q", read.query());
    operands.put("k", update.key());
    operands.put("v", update.value());
    operands.put(
        "log_decay", logDecay == null ? new CellExpression.Constant(update.span(), 0) : logDecay);
    Shape.Table table = (Shape.Table) matrix.shape();
    var shape = new GlaShape(body.heads(), table.rows(), table.columns(), (float) read.scale());
    return cell(new Recurrence.Trained(shape, operands, readout.result()), readout, output);
  }

  Cell scan(
      CellBody.StateVariable state, ScanUpdate update, ScanReadout readout, CellExpression output) {
    warnOfUnused(body);
    var operands = new LinkedHashMap<String, CellExpression>();
    operands.put("decay", update.decay());
    operands.put("input", update.input());
    var shape = new ScanShape(body.heads(), state.shape().size());
    return cell(new Recurrence.Trained(shape, operands, readout.result()), readout, output);
  }

  private Cell cell(Recurrence.Trained recurrence, Conversion readout, CellExpression output) {
    return new Cell(
        declaration.name().text(),
        declaration.span(),
        body.width(),
        body.heads(),
        definitions(recurrence, readout, output),
        recurrence,
        output);
  }

  private static SequencedMap<String, CellExpression> operands(
      CellExpression query,
      CellExpression key,
      CellExpression value,
      @Nullable CellExpression logInput,
      @Nullable CellExpression logForget) {
    var operands = new LinkedHashMap<String, CellExpression>();
    operands.put("q", query);
    operands.put("k", key);
    operands.put("v", value);
    if (logInput != null) {
      operands.put("log_input", logInput);
    }
    if (logForget != null) {
      operands.put("log_forget", logForget);
    }
    return operands;
  }

  /** Those that the recurrence and the output lead to, in the order of the body. */
  private List<Cell.Definition> definitions(
      Recurrence.Trained recurrence, Conversion readout, CellExpression output) {
    var all = new ArrayList<Cell.Definition>();
    for (CellBody.Defined defined : body.definitions().values()) {
      if (defined.term() instanceof Term.Plain(var expression, _)
          && !expression.isFixed()
          && !defined.name().equals(CellBody.OUTPUT)) {
        addLogarithm(defined, all);
        all.add(new Cell.Definition(defined.span(), defined.name(), expression));
      }
    }
    all.addAll(readout.definitions());
    Set<String> used = used(recurrence, output);
    for (Cell.Definition definition : all.reversed()) {
      if (used.contains(definition.name())) {
        collect(definition.value(), used);
      }
    }
    return all.stream().filter(definition -> used.contains(definition.name())).toList();
  }

  private void addLogarithm(CellBody.Defined defined, List<Cell.Definition> all) {
    String name = logarithms.names().get(defined.name());
    CellExpression value = name == null ? null : logarithms.named().get(name);
    if (name != null && value != null) {
      all.add(new Cell.Definition(defined.span(), name, value));
    }
  }

  private static Set<String> used(Recurrence.Trained recurrence, CellExpression output) {
    var used = new LinkedHashSet<String>();
    recurrence.operands().values().forEach(operand -> collect(operand, used));
    collect(output, used);
    return used;
  }

  private static void collect(CellExpression expression, Set<String> used) {
    if (expression instanceof CellExpression.Reference(_, String name, _)) {
      used.add(name);
    }
    expression.operands().forEach(operand -> collect(operand, used));
  }

  static void warnOfUnused(CellBody body) {
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
