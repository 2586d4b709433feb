package dev.swax.compiler.codegen.tornado;

import java.util.List;

/** The tasks of a recurrence on a device, in the order that its kernels ask for. */
interface RecurrenceTasks {
  /** From the operands of the shape to its results. */
  List<CallTasks.Call> forward();

  /** From operands, results and the gradient of the first result to those of the operands. */
  List<CallTasks.Call> backward();
}
