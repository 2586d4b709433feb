package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Attention over a band in tiles, on all threads; same meaning as {@link ScalarAttention}. */
public final class VectorAttention {
  private final AttentionCall call = new AttentionCall();
  private final AttentionForward forward;
  private final AttentionBackward backward;

  public VectorAttention(Team team) {
    forward = new AttentionForward(team, call);
    backward = new AttentionBackward(team, call);
  }

  /** See {@link dev.swax.runtime.kernel.Kernels#attention}. */
  public void forward(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor y,
      Tensor logSumExp,
      AttentionShape shape,
      int batch,
      int time,
      int past,
      int window,
      int @Nullable [] firstKeys) {
    call.setForward(q, k, v, y, logSumExp);
    call.setSizes(shape, batch, time, past, window, firstKeys);
    forward.run();
  }

  /** See {@link dev.swax.runtime.kernel.Kernels#attentionGradient}. */
  public void gradient(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor y,
      Tensor logSumExp,
      Tensor dy,
      Tensor dq,
      Tensor dk,
      Tensor dv,
      AttentionShape shape,
      int batch,
      int time,
      int window,
      int @Nullable [] firstKeys) {
    call.setForward(q, k, v, y, logSumExp);
    call.setBackward(dy, dq, dk, dv);
    call.setSizes(shape, batch, time, 0, window, firstKeys);
    backward.run();
  }

  /** Bytes held between calls. */
  public long workspaceBytes() {
    return forward.workspaceBytes() + backward.workspaceBytes();
  }
}
