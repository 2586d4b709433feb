package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.runtime.kernel.columns.ColumnsShape;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrices whose columns decay, {@code S' = S * diag(a) + outer(k, v)}. */
public final class ColumnsFamily extends MatrixFamily {
  public ColumnsFamily() {
    super("a state whose columns decay");
  }

  @Override
  public boolean has(StateUpdate update) {
    return update.sum().stream()
            .anyMatch(part -> StateTerms.decayOfColumns(part.core(), update.state()).isPresent())
        && fits(update);
  }

  @Override
  boolean fits(StateUpdate update) {
    return update.sum().stream()
            .map(Summand::core)
            .allMatch(core -> isKept(core, update.state()) || StateTerms.isPlainOuter(core))
        && update.written().size() < 2;
  }

  private static boolean isKept(Term core, PartBody.StateVariable state) {
    return StateTerms.isState(core, state) || StateTerms.decayOfColumns(core, state).isPresent();
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    List<Summand> written = update.written();
    if (written.isEmpty()) {
      update.families().incomplete(update.span(), false, update.state());
      return null;
    }
    List<Summand> kept = kept(update);
    Factors decay = KeptShare.of(kept, update.body(), update.span());
    return update.decays(decay, kept.getFirst())
        ? (read, result) -> recurrence(update, decay, written.getFirst(), read, result)
        : null;
  }

  /** The parts that keep the state, each with all that it keeps. */
  private static List<Summand> kept(StateUpdate update) {
    return update.sum().stream()
        .filter(part -> isKept(part.core(), update.state()))
        .map(part ->
            StateTerms.decayOfColumns(part.core(), update.state())
                .map(decay -> new Summand(part.scale().times(decay), part.core()))
                .orElse(part))
        .toList();
  }

  private static Recurrence recurrence(
      StateUpdate update, Factors decay, Summand written, Read read, String result) {
    var outer = (Term.Outer) written.core();
    PartExpression left = ((Term.Plain) outer.left()).expression();
    PartExpression key = written.scale().product(left, update.span());
    PartExpression value = ((Term.Plain) outer.right()).expression();
    PartExpression found = update.logarithms().of(decay, update.span());
    var operands = new LinkedHashMap<String, PartExpression>();
    operands.put("q", read.query());
    operands.put("k", key);
    operands.put("v", value);
    operands.put(
        "log_decay", found == null ? new PartExpression.Constant(update.span(), 0) : found);
    Shape.Table table = update.table();
    int heads = update.body().heads();
    var shape = new ColumnsShape(heads, table.rows(), table.columns(), (float) read.scale());
    List<String> words =
        new RecurrenceWords("decay of columns", "by chunks")
            .line(
                "S' = S%s + outer(%s, %s)",
                found == null ? "" : " * diag(exp(" + PartText.of(found) + "))",
                PartText.of(key),
                PartText.of(value))
            .line("%s = %s . S'", result, RecurrenceWords.query(read))
            .costs(heads, table, 3)
            .lines();
    return new Recurrence(shape, operands, result, words);
  }
}
