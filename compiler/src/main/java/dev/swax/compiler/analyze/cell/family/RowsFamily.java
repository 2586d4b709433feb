package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.analyze.cell.body.Shape;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.CellText;
import dev.swax.compiler.model.cell.Recurrence;
import dev.swax.runtime.kernel.gla.GlaShape;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrices that decay by a vector, {@code S' = diag(a) * S + outer(k, v)}. */
public final class RowsFamily extends MatrixFamily {
  public RowsFamily() {
    super("a state that decays by a vector");
  }

  @Override
  public boolean has(StateUpdate update) {
    return RowsUpdate.isMadeSo(update);
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    RowsUpdate form = RowsUpdate.of(update).orElse(null);
    return form == null ? null : (read, result) -> recurrence(update, form, read, result);
  }

  private static Recurrence recurrence(
      StateUpdate update, RowsUpdate form, Read read, String result) {
    CellExpression found = update.logarithms().of(form.decay(), update.span());
    CellExpression logDecay = found == null ? new CellExpression.Constant(update.span(), 0) : found;
    var operands = new LinkedHashMap<String, CellExpression>();
    operands.put("q", read.query());
    operands.put("k", form.key());
    operands.put("v", form.value());
    operands.put("log_decay", logDecay);
    Shape.Table table = update.table();
    int heads = update.body().heads();
    var shape = new GlaShape(heads, table.rows(), table.columns(), (float) read.scale());
    List<String> words =
        new RecurrenceWords("vector decay", "by chunks")
            .line(
                "S' = diag(exp(%s)) * S + outer(%s, %s)",
                CellText.of(logDecay), CellText.of(form.key()), CellText.of(form.value()))
            .line("%s = %s . S'", result, RecurrenceWords.query(read))
            .costs(heads, table, 3)
            .lines();
    return new Recurrence(shape, operands, result, words);
  }
}
