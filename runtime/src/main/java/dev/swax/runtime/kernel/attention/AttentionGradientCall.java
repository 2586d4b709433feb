package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the gradient of attention.
 *
 * @param forward what the forward pass read and gave; nothing lies before its sequences
 * @param dy the gradient of y
 * @param dq as q, overwritten
 * @param dk as k, overwritten
 * @param dv as v, overwritten
 * @param dSinks as the sinks, added to; null where there are none
 */
public record AttentionGradientCall(
    AttentionCall forward, Tensor dy, Tensor dq, Tensor dk, Tensor dv, @Nullable Tensor dSinks) {

  /** Of no sequence. */
  static final AttentionGradientCall NONE =
      new AttentionGradientCall(
          AttentionCall.NONE,
          AttentionCall.NONE.y(),
          AttentionCall.NONE.q(),
          AttentionCall.NONE.k(),
          AttentionCall.NONE.v());

  /** Without sinks. */
  public AttentionGradientCall(AttentionCall forward, Tensor dy, Tensor dq, Tensor dk, Tensor dv) {
    this(forward, dy, dq, dk, dv, null);
  }
}
