package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.step.StepGradient;
import dev.swax.compiler.step.StepWriter;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.step.StepValue;

/**
 * A decay of columns as a step of any form: devices walk it token by token. Operands are in the
 * order of {@link ColumnsShape}.
 */
final class ColumnsStep {
  private ColumnsStep() {}

  static StepShape of(ColumnsShape shape) {
    int rows = shape.keyWidth();
    int columns = shape.valueWidth();
    var out = new StepWriter();
    View q = out.input(StepValue.Kind.OPERAND, "q", true, 1, rows);
    View k = out.input(StepValue.Kind.OPERAND, "k", true, 1, rows);
    View v = out.input(StepValue.Kind.OPERAND, "v", true, 1, columns);
    View logDecay = out.input(StepValue.Kind.OPERAND, "log_decay", true, 1, columns);
    View state = out.input(StepValue.Kind.STATE, "state", true, rows, columns);
    View kept = out.columns(state, out.unary(StepFunction.EXP, logDecay));
    View next = out.add(kept, out.outer(k, v));
    out.output(StepShape.RESULT, out.multiply(out.read(q, next), out.constant(shape.scale())));
    out.output("state'", next);
    return new StepShape(
        shape.heads(), shape.stateOperations(), out.program(), StepGradient.of(out));
  }
}
