package dev.swax.runtime.kernel;

import dev.swax.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Attention over a band in tiles, on all threads; same meaning as {@link ScalarAttention}. */
final class VectorAttention {
  private final AttentionCall call = new AttentionCall();
  private final AttentionForward forward;
  private final AttentionBackward backward;

  VectorAttention(Team team) {
    forward = new AttentionForward(team, call);
    backward = new AttentionBackward(team, call);
  }

  /** See {@link Kernels#attention}. */
  void forward(
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

  /** See {@link Kernels#attentionGradient}. */
  void gradient(
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
  long workspaceBytes() {
    return forward.workspaceBytes() + backward.workspaceBytes();
  }
}
