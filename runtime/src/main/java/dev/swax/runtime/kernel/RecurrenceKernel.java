package dev.swax.runtime.kernel;

/** How one family of recurrences is computed. Calls allocate nothing once a workspace has grown. */
public interface RecurrenceKernel {
  /** See {@link Kernels#recurrence}. */
  void forward(RecurrenceCall call);

  /** See {@link Kernels#recurrenceByToken}. */
  void byToken(RecurrenceCall call);

  /** See {@link Kernels#recurrenceGradient}. */
  void gradient(RecurrenceGradientCall call);

  /** Bytes held between calls. */
  long workspaceBytes();
}
