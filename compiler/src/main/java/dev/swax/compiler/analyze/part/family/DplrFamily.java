package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.model.part.Recurrence;
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
  boolean fits(StateUpdate update) {
    return has(update) || RowsUpdate.fits(update);
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    DplrUpdate form = DplrUpdate.of(update).orElse(null);
    return form == null ? null : (read, result) -> recurrence(update, form, read, result);
  }

  private static Recurrence recurrence(
      StateUpdate update, DplrUpdate form, Read read, String result) {
    PartExpression logDecay = update.logarithms().of(form.decay(), update.span());
    var operands = new LinkedHashMap<String, PartExpression>();
    operands.put("q", read.query());
    operands.put("k", form.key());
    operands.put("v", form.value());
    operands.put("u", form.u());
    operands.put("w", form.w());
    operands.put(
        "log_decay", logDecay == null ? new PartExpression.Constant(update.span(), 0) : logDecay);
    Shape.Table table = update.table();
    int heads = update.body().heads();
    var shape = new DplrShape(heads, table.rows(), table.columns(), (float) read.scale());
    List<String> words =
        new RecurrenceWords("diagonal plus rank one", "by chunks")
            .line(
                "S' = %sS%s + outer(%s, %s)",
                decay(logDecay), moved(form), PartText.of(form.key()), PartText.of(form.value()))
            .line("%s = %s . S'", result, RecurrenceWords.query(read))
            .costs(heads, table, 5)
            .lines();
    return new Recurrence(shape, operands, result, words);
  }

  /** What the state gets of what {@code w} reads; nothing where {@code w} is 0. */
  private static String moved(DplrUpdate form) {
    if (form.w().isFixed()) {
      return "";
    }
    boolean taken = isTaken(form.u());
    return "%souter(%s, %s . S)"
        .formatted(
            taken ? " - " : " + ",
            PartText.of(taken ? form.u().operands().getLast() : form.u()),
            PartText.side(form.w()));
  }

  /** Whether {@code u} is {@code -1 * …}. */
  private static boolean isTaken(PartExpression u) {
    return u instanceof PartExpression.Binary(_, var function, var left, _, _)
        && function == BinaryFunction.MULTIPLY
        && left instanceof PartExpression.Constant(_, double value)
        && value == -1;
  }

  private static String decay(@Nullable PartExpression logarithm) {
    return logarithm != null && logarithm.size() > 1
        ? "diag(exp(" + PartText.of(logarithm) + ")) * "
        : RecurrenceWords.gate(logarithm);
  }
}
