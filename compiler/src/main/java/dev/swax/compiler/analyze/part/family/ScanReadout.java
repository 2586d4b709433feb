package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.model.part.PartExpression;

/**
 * Reads of a vector state wherever a value of its size may stand: {@code h'} is what the scan
 * gives, and {@code h} is what it gave at the token before.
 */
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
    return term instanceof Term.State read && read.name().equals(state.name());
  }

  @Override
  protected PartExpression read(Term term) {
    var after = new PartExpression.Reference(term.span(), state.name(), term.shape().size());
    return ((Term.State) term).primed() ? after : EarlierState.previous(after, body);
  }

  @Override
  protected String ways() {
    return "this read makes the cell train token by token; a scan is read as `%s'`"
        .formatted(state.name());
  }
}
