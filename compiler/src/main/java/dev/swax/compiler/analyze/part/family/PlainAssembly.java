package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.PartOutput;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.type.PartKind;
import org.jspecify.annotations.Nullable;

/** A body without a state. */
public final class PlainAssembly {
  private final PartBody body;

  public PlainAssembly(PartBody body) {
    this.body = body;
  }

  /** The part, or null after a report. */
  public @Nullable Part part() {
    PartBody.Defined output =
        PartOutput.isThere(body) ? body.definitions().get(PartBody.OUTPUT) : null;
    if (output == null || !PartOutput.fits(body, output)) {
      return null;
    }
    if (!(output.term() instanceof Term.Plain(var value, _))) {
      throw new IllegalStateException("nothing but a state is no plain value: " + output);
    }
    Part part = new PartAssembly(body).part(value);
    if (body.declaration().kind() == PartKind.CELL && !movesAlongTime(part)) {
      body.report(
          Code.NO_STATE,
          body.declaration().name().span(),
          "`%s` has no state, so it remembers nothing".formatted(part.name()),
          "state S: [key, value]");
      return null;
    }
    return part;
  }

  /** Or it reads a layer, which may have moved something. */
  private static boolean movesAlongTime(Part part) {
    return part.expressions().stream()
        .anyMatch(e ->
            e instanceof PartExpression.Attend
                || e instanceof PartExpression.Conv
                || e instanceof PartExpression.Previous
                || e instanceof PartExpression.Read
                || (e instanceof PartExpression.Apply apply
                    && apply.part().kind() == PartKind.CELL));
  }
}
