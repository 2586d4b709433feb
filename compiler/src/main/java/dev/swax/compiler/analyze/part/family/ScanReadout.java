package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;

/** Reads of a vector state: {@code h'} itself, wherever a value of its size may stand. */
final class ScanReadout extends Conversion {

  ScanReadout(PartBody body, PartBody.StateVariable state) {
    super(body, state);
  }

  @Override
  public String result() {
    return state.name();
  }

  @Override
  protected boolean isRead(Term term) {
    return term instanceof Term.State(_, String name, boolean primed, _)
        && primed
        && name.equals(state.name());
  }

  @Override
  protected PartExpression read(Term term) {
    return new PartExpression.Reference(term.span(), state.name(), term.shape().size());
  }

  @Override
  protected String ways() {
    return "this read makes the cell train token by token; a scan is read as `%s'`"
        .formatted(state.name());
  }
}
