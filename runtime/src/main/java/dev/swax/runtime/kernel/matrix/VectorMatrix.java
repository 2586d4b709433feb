package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;

/** The fast kernels of a {@link MatrixShape}: by chunks, or token by token where there are few. */
public abstract class VectorMatrix implements RecurrenceKernel {
  /** So few tokens are walked one by one. */
  private static final int FEW = 2;

  private final MatrixCall call;

  protected VectorMatrix(MatrixCall call) {
    this.call = call;
  }

  protected abstract void byChunks();

  protected abstract void byToken();

  protected abstract void back();

  @Override
  public final void forward(RecurrenceCall of) {
    call.bind(of);
    if (call.time <= FEW) {
      byToken();
    } else {
      byChunks();
    }
  }

  @Override
  public final void byToken(RecurrenceCall of) {
    call.bind(of);
    byToken();
  }

  @Override
  public final void gradient(RecurrenceGradientCall of) {
    call.bind(of);
    back();
  }
}
