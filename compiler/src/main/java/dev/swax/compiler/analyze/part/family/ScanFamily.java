package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.StateLimit;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors that decay element by element, {@code h' = decay * h + input}, read as {@code h'}. */
public final class ScanFamily implements Family {
  @Override
  public boolean has(StateUpdate update) {
    return ScanUpdate.isMadeSo(update);
  }

  @Override
  public @Nullable Part part(StateUpdate update, Term output) {
    ScanUpdate form = ScanUpdate.of(update).orElse(null);
    var readout = new ScanReadout(update.body(), update.state());
    PartExpression result = form == null ? null : readout.convert(output);
    return form == null
            || result == null
            || !StatesRead.of(update.body(), output).contains(update.state().name())
            || !StateLimit.fits(update.body(), update.state())
        ? null
        : new PartAssembly(update).part(recurrence(update, form, readout), readout, result);
  }

  private static Recurrence recurrence(StateUpdate update, ScanUpdate form, ScanReadout readout) {
    var operands = new LinkedHashMap<String, PartExpression>();
    operands.put("decay", form.decay());
    operands.put("input", form.input());
    var shape = new ScanShape(update.body().heads(), update.state().shape().size());
    String name = readout.result();
    return new Recurrence(shape, operands, name, words(shape, form, name));
  }

  private static List<String> words(ScanShape shape, ScanUpdate form, String name) {
    String decay = PartText.side(form.decay());
    String sizes = "%s x [%s]".formatted(shape.heads(), shape.width());
    return new RecurrenceWords("elementwise", "a scan over time")
        .line("%s' = %s * %s + %s", name, decay, name, PartText.of(form.input()))
        .state(sizes, shape.stateNumbers(), "")
        .token(shape.stateNumbers())
        .lines();
  }
}
