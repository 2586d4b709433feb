package dev.swax.runtime.kernel.recurrence;

/** How one family of recurrences is computed. Calls allocate nothing once a workspace has grown. */
public interface RecurrenceKernel {
  /** See {@link dev.swax.runtime.kernel.Kernels#recurrence}. */
  void forward(RecurrenceCall call);

  /** See {@link dev.swax.runtime.kernel.Kernels#recurrenceByToken}. */
  void byToken(RecurrenceCall call);

  /** See {@link dev.swax.runtime.kernel.Kernels#recurrenceGradient}. */
  void gradient(RecurrenceGradientCall call);

  /** Bytes held between calls. */
  long workspaceBytes();
}
