package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.team.Team;

/** Attention over a band in tiles, on all threads; same meaning as {@link ScalarAttention}. */
public final class VectorAttention {
  private final AttentionForward forward;
  private final SingleQuery single;
  private final AttentionBackward backward;

  public VectorAttention(Team team) {
    forward = new AttentionForward(team);
    single = new SingleQuery(team);
    backward = new AttentionBackward(team);
  }

  /** See {@link dev.swax.runtime.kernel.Kernels#attention}. */
  public void forward(AttentionCall call) {
    if (call.band().time() == 1) {
      single.run(call);
    } else {
      forward.run(call);
    }
  }

  /** See {@link dev.swax.runtime.kernel.Kernels#attentionGradient}. */
  public void gradient(AttentionGradientCall call) {
    backward.run(call);
  }

  /** Bytes held between calls. */
  public long workspaceBytes() {
    return forward.workspaceBytes() + single.workspaceBytes() + backward.workspaceBytes();
  }
}
