package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Setting;
import dev.swax.benchmarks.training.Sizes;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Softmax attention with rotary positions, all or the last {@link Sizes#WINDOW} keys. */
final class TorchAttention implements TorchMixer {
  private static final long HEAD_WIDTH = Sizes.HEAD_WIDTH;

  private final AttentionForm form;
  private final long width;
  private final long heads;
  private final long batch;
  private final long time;
  private final Tensor queryKeyValue;
  private final Tensor output;
  private final Constants constants;

  /** What all layers share: rotations [T, 1, K / 2], complex, and the mask of the form. */
  record Constants(Tensor rotations, TensorOptional mask) {}

  TorchAttention(
      AttentionForm form,
      Setting setting,
      String prefix,
      Constants constants,
      TorchWeights weights) {
    this.form = form;
    batch = setting.batch();
    time = setting.sequence();
    width = setting.sizes().width();
    heads = setting.sizes().heads();
    this.constants = constants;
    queryKeyValue = weights.take(prefix + ".q", prefix + ".k", prefix + ".v");
    output = weights.take(prefix + ".out");
  }

  static Constants constants(AttentionForm form, long batch, long time) {
    TensorOptional mask =
        switch (form) {
          case CAUSAL -> new TensorOptional();
          case BANDED -> new TensorOptional(TorchMasks.band(time, Sizes.WINDOW));
          case BLOCKS, HALF_BLOCKS, PRODUCTS, HALF_PRODUCTS ->
              new TensorOptional(TorchMasks.blocks(batch, time, Sizes.WINDOW, block(form)));
        };
    return new Constants(TorchMasks.rotations(time), mask);
  }

  private static long block(AttentionForm form) {
    return switch (form) {
      case BLOCKS, PRODUCTS -> Sizes.WINDOW;
      case HALF_BLOCKS, HALF_PRODUCTS -> Sizes.WINDOW / 2;
      case CAUSAL, BANDED -> throw new IllegalArgumentException(form + " has no blocks");
    };
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public Tensor mix(Tensor x) {
    Tensor all = x.mm(queryKeyValue);
    Tensor rotated = Scopes.keepOnly(() -> rotate(all.narrow(1, 0, 2 * width)));
    Tensor q = rotated.narrow(2, 0, heads);
    Tensor k = rotated.narrow(2, heads, heads);
    Tensor v = all.narrow(1, 2 * width, width).view(batch, time, heads, HEAD_WIDTH);
    Tensor mixed =
        switch (form) {
          case CAUSAL, BANDED -> fused(q, k, v);
          case BLOCKS, HALF_BLOCKS -> {
            long block = block(form);
            yield fused(queries(q, block), keys(k, block), keys(v, block));
          }
          case PRODUCTS, HALF_PRODUCTS -> {
            long block = block(form);
            yield products(queries(q, block), keys(k, block), keys(v, block));
          }
        };
    return mixed.reshape(batch * time, width);
  }

  /** Adjacent pairs as complex numbers: [B T, 2 D] to [B, T, 2 H, K]. */
  private Tensor rotate(Tensor x) {
    Tensor pairs = x.view(batch, time, 2 * heads, HEAD_WIDTH / 2, 2);
    return torch
        .view_as_real(torch.view_as_complex(pairs).mul(constants.rotations()))
        .view(batch, time, 2 * heads, HEAD_WIDTH);
  }

  /** [N, T, H, K], as are the operands. */
  private Tensor fused(Tensor q, Tensor k, Tensor v) {
    return torch
        .scaled_dot_product_attention(
            q.transpose(1, 2),
            k.transpose(1, 2),
            v.transpose(1, 2),
            constants.mask(),
            0,
            form == AttentionForm.CAUSAL,
            new DoubleOptional(),
            false)
        .transpose(1, 2);
  }

  private Tensor products(Tensor q, Tensor k, Tensor v) {
    Tensor scaled = q.mul(new Scalar(1 / Math.sqrt(HEAD_WIDTH)));
    Tensor scores = scaled.transpose(1, 2).matmul(k.permute(0, 2, 3, 1));
    Tensor shares = scores.add_(constants.mask().get()).softmax(-1);
    return shares.matmul(v.transpose(1, 2)).transpose(1, 2);
  }

  /** [B, T, H, K] to [B T / block, block, H, K]. */
  private Tensor queries(Tensor q, long block) {
    return q.reshape(batch * time / block, block, heads, HEAD_WIDTH);
  }

  /** [B, T, H, K] to [B T / block, window + block, H, K]: each block behind those before it. */
  private Tensor keys(Tensor k, long block) {
    long before = Sizes.WINDOW / block;
    long blocks = time / block;
    Tensor padded = torch.constant_pad_nd(k, new long[] {0, 0, 0, 0, Sizes.WINDOW, 0});
    Tensor split = padded.view(batch, blocks + before, block, heads, HEAD_WIDTH);
    var parts = new TensorVector();
    for (long shift = 0; shift <= before; shift++) {
      parts.push_back(split.narrow(1, shift, blocks));
    }
    return torch.cat(parts, 2).view(batch * blocks, (before + 1) * block, heads, HEAD_WIDTH);
  }
}
