package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.analyze.part.family.Conversion;
import dev.swax.compiler.model.part.PartExpression;

/** What a cell computes of the result of its step, token by token no more. */
final class StepReadout extends Conversion {
  private final Term core;
  private final String result;

  StepReadout(PartBody body, PartBody.StateVariable state, Term core) {
    super(body, state);
    this.core = core;
    result = name(body, core);
  }

  private String name(PartBody body, Term core) {
    PartBody.Defined line = line(core);
    if (line != null && !line.name().equals(PartBody.OUTPUT)) {
      return line.name();
    }
    if (core instanceof Term.State(_, String name, boolean primed, _) && primed) {
      return name;
    }
    String name = "read";
    for (int i = 2; body.names().contains(name); i++) {
      name = "read_" + i;
    }
    return name;
  }

  @Override
  public String result() {
    return result;
  }

  @Override
  protected boolean isRead(Term term) {
    return StepCore.same(term, core);
  }

  @Override
  protected PartExpression read(Term term) {
    return new PartExpression.Reference(term.span(), result, term.shape().size());
  }

  @Override
  protected String ways() {
    throw new IllegalStateException("a state is read beside the result of the step");
  }
}
