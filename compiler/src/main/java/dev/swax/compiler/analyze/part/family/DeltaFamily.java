package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.runtime.kernel.delta.DeltaShape;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matrices that take out what they hold at a key before they write there, {@code S' = a * S - e *
 * outer(k, k . S) + b * outer(k, v)}.
 */
public final class DeltaFamily extends MatrixFamily {
  public DeltaFamily() {
    super("a delta rule");
  }

  @Override
  public boolean has(StateUpdate update) {
    return DeltaUpdate.isMadeSo(update);
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    DeltaUpdate form = DeltaUpdate.of(update).orElse(null);
    return form == null ? null : (read, result) -> recurrence(update, form, read, result);
  }

  private static Recurrence recurrence(
      StateUpdate update, DeltaUpdate form, Read read, String result) {
    PartExpression logDecay = update.logarithms().of(form.decay(), update.span());
    PartExpression erase = form.erase().expression(update.span());
    PartExpression write = form.write().expression(update.span());
    var operands = new LinkedHashMap<String, PartExpression>();
    operands.put("q", read.query());
    operands.put("k", form.key());
    operands.put("v", form.value());
    operands.put("erase", erase);
    operands.put("write", write);
    if (logDecay != null) {
      operands.put("log_decay", logDecay);
    }
    Shape.Table table = update.table();
    int heads = update.body().heads();
    float scale = (float) read.scale();
    var shape = new DeltaShape(heads, table.rows(), table.columns(), scale, logDecay != null);
    String key = PartText.of(form.key());
    List<String> words =
        new RecurrenceWords("delta rule", "by chunks")
            .line(
                "S' = %sS - %souter(%s, %s . S) + %souter(%s, %s)",
                RecurrenceWords.gate(logDecay),
                RecurrenceWords.factor(erase),
                key,
                PartText.side(form.key()),
                RecurrenceWords.factor(write),
                key,
                PartText.of(form.value()))
            .line("%s = %s . S'", result, RecurrenceWords.query(read))
            .costs(heads, table, shape.decay() ? 4 : 3)
            .lines();
    return new Recurrence(shape, operands, result, words);
  }
}
