package dev.swax.compiler.codegen.tornado;

import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.kernel.step.StepShape;

/**
 * A diagonal plus rank one as a step of any form: devices walk it token by token, as they have no
 * kernels that take chunks of it. Operands and results are in the order of {@link DplrShape}.
 */
final class DplrStep {
  /** Of a token and of its gradient: what comes in, and all up to the next state. */
  private static final String TOKEN =
      """
      operand q each KEY
      operand k each KEY
      operand v each VALUE
      operand u each KEY
      operand w each KEY
      operand log_decay each KEY
      state state each STATE VALUE
      %sconstant scale all 1 SCALE
      decay = exp none log_decay full log_decay full each 1 KEY
      z = multiply rows w row state full each KEY VALUE
      kept = multiply none decay row state full each KEY VALUE
      moved = multiply none u row z column each KEY VALUE
      both = add none kept full moved full each KEY VALUE
      added = multiply none k row v column each KEY VALUE
      next = add none both full added full each KEY VALUE
      """;

  private static final String OUTPUT =
      """
      read = multiply rows q row next full each KEY VALUE
      y = multiply none read full scale one each 1 VALUE
      out y y
      out state' next
      """;

  private static final String SLOPES =
      """
      state d:y each VALUE VALUE
      state d:state' each STATE VALUE
      """;

  /** {@code d} is the gradient of the next state. */
  private static final String GRADIENT =
      """
      dy = multiply none d:y full scale one each 1 VALUE
      outer = multiply none q row dy column each KEY VALUE
      d = add none d:state' full outer full each KEY VALUE
      dz = multiply rows u row d full each KEY VALUE
      dq = multiply columns next full dy column each KEY VALUE
      dk = multiply columns d full v column each KEY VALUE
      dv = multiply rows k row d full each KEY VALUE
      du = multiply columns d full z column each KEY VALUE
      dw = multiply columns state full dz column each KEY VALUE
      along = multiply columns d full state full each KEY VALUE
      dlog = multiply none along full decay full each 1 KEY
      down = multiply none d full decay row each KEY VALUE
      back = multiply none w row dz column each KEY VALUE
      before = add none down full back full each KEY VALUE
      out d:q dq
      out d:k dk
      out d:v dv
      out d:u du
      out d:w dw
      out d:log_decay dlog
      out d:state before
      """;

  private DplrStep() {}

  static StepShape of(DplrShape shape) {
    return new StepShape(
        shape.heads(),
        shape.stateOperations(),
        program(shape, TOKEN.formatted("") + OUTPUT),
        program(shape, TOKEN.formatted(SLOPES) + GRADIENT));
  }

  private static StepProgram program(DplrShape shape, String text) {
    int state = shape.keyWidth() * shape.valueWidth();
    return StepProgram.of(
        text.replace("KEY", Integer.toString(shape.keyWidth()))
            .replace("VALUE", Integer.toString(shape.valueWidth()))
            .replace("STATE", Integer.toString(state))
            .replace("SCALE", Float.toString(shape.scale())));
  }
}
