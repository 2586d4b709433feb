package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.model.part.Recurrence;
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
  boolean fits(StateUpdate update) {
    return RowsUpdate.fits(update);
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    RowsUpdate form = RowsUpdate.of(update).orElse(null);
    return form == null ? null : (read, result) -> recurrence(update, form, read, result);
  }

  private static Recurrence recurrence(
      StateUpdate update, RowsUpdate form, Read read, String result) {
    PartExpression found = update.logarithms().of(form.decay(), update.span());
    PartExpression logDecay = found == null ? new PartExpression.Constant(update.span(), 0) : found;
    var operands = new LinkedHashMap<String, PartExpression>();
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
                "S' = %sS + outer(%s, %s)",
                found == null ? "" : "diag(exp(" + PartText.of(found) + ")) * ",
                PartText.of(form.key()),
                PartText.of(form.value()))
            .line("%s = %s . S'", result, RecurrenceWords.query(read))
            .costs(heads, table, 3)
            .lines();
    return new Recurrence(shape, operands, result, words);
  }
}
