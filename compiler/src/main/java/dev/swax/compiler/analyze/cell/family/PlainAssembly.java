package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.analyze.cell.body.CellBody;
import dev.swax.compiler.analyze.cell.body.CellOutput;
import dev.swax.compiler.analyze.cell.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.type.PartKind;
import org.jspecify.annotations.Nullable;

/** A body without a state. */
public final class PlainAssembly {
  private final CellBody body;

  public PlainAssembly(CellBody body) {
    this.body = body;
  }

  /** The part, or null after a report. */
  public @Nullable Cell cell() {
    CellBody.Defined output =
        CellOutput.isThere(body) ? body.definitions().get(CellBody.OUTPUT) : null;
    if (output == null || !CellOutput.fits(body, output)) {
      return null;
    }
    if (!(output.term() instanceof Term.Plain(var value, _))) {
      throw new IllegalStateException("nothing but a state is no plain value: " + output);
    }
    Cell cell = new CellAssembly(body).cell(value);
    if (body.declaration().kind() == PartKind.CELL && !movesAlongTime(cell)) {
      body.report(
          Code.NO_STATE,
          body.declaration().name().span(),
          "`%s` has no state, so it remembers nothing".formatted(cell.name()),
          "state S: [key, value]");
      return null;
    }
    return cell;
  }

  /** Or it reads a layer, which may have moved something. */
  private static boolean movesAlongTime(Cell cell) {
    return cell.expressions().stream()
        .anyMatch(e ->
            e instanceof CellExpression.Attend
                || e instanceof CellExpression.Conv
                || e instanceof CellExpression.Previous
                || e instanceof CellExpression.Read
                || (e instanceof CellExpression.Apply apply
                    && apply.part().kind() == PartKind.CELL));
  }
}
