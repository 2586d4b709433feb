package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.analyze.cell.body.Shape;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.CellText;
import dev.swax.compiler.model.cell.Recurrence;
import dev.swax.runtime.kernel.dplr.DplrShape;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matrices that move by a diagonal plus rank one, {@code S' = diag(a) * S + outer(u, w . S) +
 * outer(k, v)}.
 */
public final class DplrFamily extends MatrixFamily {
  public DplrFamily() {
    super("a delta rule");
  }

  @Override
  public boolean has(StateUpdate update) {
    return DplrUpdate.isMadeSo(update);
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    DplrUpdate form = DplrUpdate.of(update).orElse(null);
    return form == null ? null : (read, result) -> recurrence(update, form, read, result);
  }

  private static Recurrence recurrence(
      StateUpdate update, DplrUpdate form, Read read, String result) {
    CellExpression logDecay = update.logarithms().of(form.decay(), update.span());
    var operands = new LinkedHashMap<String, CellExpression>();
    operands.put("q", read.query());
    operands.put("k", form.key());
    operands.put("v", form.value());
    operands.put("u", form.u());
    operands.put("w", form.w());
    operands.put(
        "log_decay", logDecay == null ? new CellExpression.Constant(update.span(), 0) : logDecay);
    Shape.Table table = update.table();
    int heads = update.body().heads();
    var shape = new DplrShape(heads, table.rows(), table.columns(), (float) read.scale());
    List<String> words =
        new RecurrenceWords("diagonal plus rank one", "by chunks")
            .line(
                "S' = %sS %souter(%s, %s . S) + outer(%s, %s)",
                decay(logDecay),
                isTaken(form.u()) ? "- " : "+ ",
                CellText.of(isTaken(form.u()) ? form.u().operands().getLast() : form.u()),
                CellText.side(form.w()),
                CellText.of(form.key()),
                CellText.of(form.value()))
            .line("%s = %s . S'", result, RecurrenceWords.query(read))
            .costs(heads, table, 5)
            .lines();
    return new Recurrence(shape, operands, result, words);
  }

  /** Whether {@code u} is {@code -1 * …}. */
  private static boolean isTaken(CellExpression u) {
    return u instanceof CellExpression.Binary(_, var function, var left, _, _)
        && function == BinaryFunction.MULTIPLY
        && left instanceof CellExpression.Constant(_, double value)
        && value == -1;
  }

  private static String decay(@Nullable CellExpression logarithm) {
    return logarithm != null && logarithm.size() > 1
        ? "diag(exp(" + CellText.of(logarithm) + ")) * "
        : RecurrenceWords.gate(logarithm);
  }
}
