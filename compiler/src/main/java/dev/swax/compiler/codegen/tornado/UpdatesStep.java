package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.step.StepGradient;
import dev.swax.compiler.step.StepWriter;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.step.StepValue;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Several updates for each token as a step of any form: devices walk it token by token. Operands
 * are in the order of {@link UpdatesShape}; what chunks keep beside y is not written.
 */
final class UpdatesStep {
  private static final String STATE = "state";

  private final UpdatesShape shape;
  private final StepWriter out = new StepWriter();
  private final Map<String, View> inputs = new LinkedHashMap<>();

  private UpdatesStep(UpdatesShape shape) {
    this.shape = shape;
  }

  static StepShape of(UpdatesShape shape) {
    return new UpdatesStep(shape).step();
  }

  private StepShape step() {
    RecurrenceShape each = shape.each();
    for (String operand : shape.operands()) {
      int size = shape.columns(operand) / heads();
      inputs.put(operand, out.input(StepValue.Kind.OPERAND, operand, true, 1, size));
    }
    View state =
        out.input(StepValue.Kind.STATE, STATE, true, each.stateRows(), each.stateColumns());
    for (int update = 0; update < shape.updates(); update++) {
      state = next(update, state);
    }
    View read = out.read(of("q", 0), state);
    out.output(StepShape.RESULT, out.multiply(read, out.constant(scale())));
    out.output(STATE + "'", state);
    return new StepShape(heads(), shape.stateOperations(), out.program(), StepGradient.of(out));
  }

  private int heads() {
    return Math.toIntExact(
        shape.stateNumbers() / ((long) shape.stateRows() * shape.stateColumns()));
  }

  private float scale() {
    return switch (shape.each()) {
      case MemoryShape memory -> memory.scale();
      case DeltaShape delta -> delta.scale();
      case GlaShape gla -> gla.scale();
      case DplrShape dplr -> dplr.scale();
      default -> throw new IllegalArgumentException("no step of " + shape.each());
    };
  }

  private View next(int update, View state) {
    View k = of("k", update);
    View v = of("v", update);
    return switch (shape.each()) {
      case MemoryShape _ ->
          out.add(
              out.multiply(gate("log_forget", update), state),
              out.outer(out.multiply(gate("log_input", update), k), v));
      case DeltaShape _ -> {
        View known = out.multiply(of("erase", update), out.read(k, state));
        View written =
            out.binary(StepFunction.SUBTRACT, out.multiply(of("write", update), v), known);
        yield out.add(out.multiply(gate("log_decay", update), state), out.outer(k, written));
      }
      case GlaShape _ -> out.add(decayed(update, state), out.outer(k, v));
      case DplrShape _ -> {
        View moved = out.outer(of("u", update), out.read(of("w", update), state));
        yield out.add(out.add(decayed(update, state), moved), out.outer(k, v));
      }
      default -> throw new IllegalArgumentException("no step of " + shape.each());
    };
  }

  private View decayed(int update, View state) {
    return out.rows(gate("log_decay", update), state);
  }

  /** A gate of which the logarithm is an operand, 1 without it. */
  private View gate(String logarithm, int update) {
    View given = inputs.get(UpdatesShape.name(logarithm, update));
    return given == null ? out.constant(1) : out.unary(StepFunction.EXP, given);
  }

  private View of(String operand, int update) {
    return Objects.requireNonNull(inputs.get(UpdatesShape.name(operand, update)));
  }
}
