package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Matrices that decay by a scalar per head, {@code S' = f * S + i * outer(k, v)}. */
public final class ScalarFamily extends MatrixFamily {
  public ScalarFamily() {
    super(null);
  }

  @Override
  public boolean has(StateUpdate update) {
    return ScalarUpdate.isMadeSo(update);
  }

  @Override
  protected @Nullable Form form(StateUpdate update) {
    ScalarUpdate form = ScalarUpdate.of(update).orElse(null);
    return form == null ? null : (read, result) -> recurrence(update, form, read, result);
  }

  private static @Nullable Recurrence recurrence(
      StateUpdate update, ScalarUpdate form, Read read, String result) {
    Gates found = gates(form, read.normalizerState());
    if (found == null) {
      return null;
    }
    Logarithms logarithms = update.logarithms();
    Gates gates = found.withLoggableInput(logarithms);
    PartExpression logInput = logarithms.of(gates.input(), gates.span());
    PartExpression logForget = logarithms.of(gates.forget(), gates.span());
    var operands = new LinkedHashMap<String, PartExpression>();
    operands.put("q", read.query());
    operands.put("k", gates.key());
    operands.put("v", gates.value());
    if (logInput != null) {
      operands.put("log_input", logInput);
    }
    if (logForget != null) {
      operands.put("log_forget", logForget);
    }
    var shape =
        new MemoryShape(
            update.body().heads(),
            update.table().rows(),
            update.table().columns(),
            (float) read.scale(),
            read.normalizer(),
            logInput != null,
            logForget != null);
    return new Recurrence(shape, operands, result, words(shape, operands, read, result));
  }

  /** The gates, after checking that the normaliser, if there is one, has the same. */
  private static @Nullable Gates gates(ScalarUpdate form, @Nullable String normalizer) {
    if (normalizer == null) {
      return form.gates();
    }
    PartBody body = form.body();
    Term next = Objects.requireNonNull(body.updates().get(normalizer));
    PartBody.StateVariable state = Objects.requireNonNull(body.states().get(normalizer));
    Gates gates = form.gatesWithNormalizer(state, next).orElse(null);
    if (gates == null) {
      body.untrained(
          new Diagnostic(
              Code.NORMALIZER_DIFFERS,
              next.span(),
              "`%1$s` divides the read of `%2$s`, but its decay and input are not those of `%2$s`, so the cell is trained token by token"
                  .formatted(normalizer, form.state().name()),
              List.of(
                  new Diagnostic.Note(
                      form.span(), "`%s'` is computed here".formatted(form.state().name()))),
              form.gates().normalizer(normalizer)));
    }
    return gates;
  }

  private static List<String> words(
      MemoryShape shape, LinkedHashMap<String, PartExpression> operands, Read read, String result) {
    PartExpression key = Objects.requireNonNull(operands.get("k"));
    PartExpression value = Objects.requireNonNull(operands.get("v"));
    String forget = RecurrenceWords.gate(operands.get("log_forget"));
    String input = RecurrenceWords.gate(operands.get("log_input"));
    String query = RecurrenceWords.query(read);
    boolean normalized = shape.normalizer() != Normalizer.NONE;
    var words = new RecurrenceWords("scalar decay", "by chunks");
    if (shape.inputGate()) {
      words.with("kept in range by a running maximum");
    }
    words.line("S' = %sS + %souter(%s, %s)", forget, input, PartText.of(key), PartText.of(value));
    if (normalized) {
      words.line("n' = %sn + %s%s", forget, input, PartText.side(key));
    }
    return words
        .line("%s = %s . S'%s", result, query, divisor(shape.normalizer(), query))
        .costs(
            shape.heads(),
            new Shape.Table(shape.keyWidth(), shape.stateColumns()),
            normalized ? ", the last column n" : "",
            shape.forgetGate() ? 3 : 2)
        .lines();
  }

  private static String divisor(Normalizer normalizer, String query) {
    return switch (normalizer) {
      case NONE -> "";
      case SUM -> " / (" + query + " . n')";
      case MAX_ABS_ONE -> " / max(abs(" + query + " . n'), 1)";
    };
  }
}
