package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;

/** The arguments of the vector decay that is running. */
final class GlaCall extends MatrixCall {
  Tensor logDecay = NOTHING;
  Tensor dLogDecay = NOTHING;

  GlaCall() {
    super(new GlaShape(1, 1, 1, 1f));
  }

  @Override
  protected void bindGates(RecurrenceCall of) {
    logDecay = of.operand("log_decay");
  }

  @Override
  protected void bindGates(RecurrenceGradientCall of) {
    dLogDecay = of.gradient("log_decay");
  }
}
