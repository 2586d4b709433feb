package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Setting;
import dev.swax.benchmarks.training.Sizes;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * mLSTM by chunks of L tokens, N chunks. All chunks at once: states are a product of the chunks'
 * own sums with a triangle of decays [N, N], not a loop. Stabilisers are constants to autograd.
 */
final class TorchMemory implements TorchMixer {
  private static final long KEY_WIDTH = Sizes.KEY_WIDTH;
  private static final long VALUE_WIDTH = Sizes.VALUE_WIDTH;
  private static final long CHUNK = Sizes.CHUNK;

  private final long batch;
  private final long heads;
  private final long keys;
  private final long values;
  private final long time;
  private final long chunks;
  private final Constants constants;
  private final Tensor projections;
  private final Tensor gateBias;
  private final Tensor norm;
  private final Tensor output;

  /**
   * What all layers share: 0 where l <= j, else minus infinity, [L, L]; and 0 where chunk i is
   * before chunk n, else minus infinity, [N, N].
   */
  record Constants(Tensor within, Tensor before) {}

  TorchMemory(Setting setting, String prefix, Constants constants, TorchWeights weights) {
    batch = setting.batch();
    time = setting.sequence();
    heads = setting.sizes().heads();
    keys = heads * KEY_WIDTH;
    values = heads * VALUE_WIDTH;
    this.chunks = time / CHUNK;
    this.constants = constants;
    projections =
        weights.take(
            prefix + ".q",
            prefix + ".k",
            prefix + ".v",
            prefix + ".o",
            prefix + ".i",
            prefix + ".f");
    gateBias = weights.take(prefix + ".i_bias", prefix + ".f_bias");
    norm = weights.take(prefix + ".norm");
    output = weights.take(prefix + ".out");
  }

  static Constants constants(long time) {
    Scalar hidden = new Scalar(Double.NEGATIVE_INFINITY);
    long chunks = time / CHUNK;
    return new Constants(
        torch.full(new long[] {CHUNK, CHUNK}, hidden).triu(1),
        torch.full(new long[] {chunks, chunks}, hidden).triu(0));
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public Tensor mix(Tensor x) {
    Tensor all = x.mm(projections);
    long at = 0;
    Tensor q = perHead(all.narrow(1, at, keys).mul(new Scalar(1 / Math.sqrt(KEY_WIDTH))));
    Tensor k = perHead(all.narrow(1, at += keys, keys));
    Tensor v = perHead(all.narrow(1, at += keys, values));
    Tensor o = all.narrow(1, at += values, values);
    Tensor gates = all.narrow(1, at + values, 2 * heads);
    Tensor h = Scopes.keepOnly(() -> recall(q, k, v, gates));
    Tensor normed =
        torch.layer_norm(
            h.permute(0, 2, 3, 1, 4).reshape(batch * time, heads, VALUE_WIDTH),
            new long[] {VALUE_WIDTH},
            new TensorOptional(),
            new TensorOptional(),
            Sizes.EPSILON,
            false);
    return normed.view(batch * time, values).mul(norm).mul(o.sigmoid());
  }

  /** [B T, H n] to [B, H, N, L, n]. */
  private Tensor perHead(Tensor x) {
    return x.view(batch, chunks, CHUNK, heads, x.size(1) / heads).permute(0, 3, 1, 2, 4);
  }

  /** [B, H, N, L, V]. */
  private Tensor recall(Tensor q, Tensor k, Tensor v, Tensor gates) {
    Scalar cap = new Scalar(Sizes.GATE_CAP);
    Tensor capped = gates.add(gateBias).div(cap).tanh().mul(cap);
    Tensor logInput = perHead(capped.narrow(1, 0, heads)).squeeze(-1);
    Tensor logForget = torch.log_sigmoid(perHead(capped.narrow(1, heads, heads)).squeeze(-1));
    Tensor b = logForget.cumsum(-1); // [B, H, N, L]
    Tensor total = b.narrow(3, CHUNK - 1, 1).squeeze(-1); // g, [B, H, N]
    Tensor write = total.unsqueeze(-1).sub(b).add(logInput); // a, [B, H, N, L]
    Tensor maxima;
    try (var _ = new AutoGradMode(false)) {
      maxima = StateMaxima.of(total, write);
    }
    Tensor before = maxima.narrow(2, 0, chunks); // m entering each chunk
    Tensor after = maxima.narrow(2, 1, chunks); // m leaving it

    Tensor shares = write.sub(after.unsqueeze(-1)).exp().unsqueeze(-1);
    Tensor weighted = k.mul(shares); // [B, H, N, L, K]
    Tensor sums = ones(weighted.transpose(3, 4).matmul(v), weighted.sum(3)); // [B, H, N, K, V + 1]
    Tensor states = carry(sums, total, before, after);

    Tensor logWeights = b.unsqueeze(-1).sub(b.sub(logInput).unsqueeze(-2)).add(constants.within());
    Tensor reach = b.add(before.unsqueeze(-1)); // [B, H, N, L]
    Tensor most;
    try (var _ = new AutoGradMode(false)) {
      most = torch.maximum(reach, logWeights.amax(new long[] {-1}, false));
    }
    Tensor scores =
        q.matmul(k.transpose(3, 4)).mul(logWeights.sub(most.unsqueeze(-1)).exp()); // [.., L, L]
    Tensor read = q.mul(reach.sub(most).exp().unsqueeze(-1)).matmul(states); // [.., L, V + 1]
    Tensor sum = scores.sum(-1).add(read.select(-1, VALUE_WIDTH));
    Tensor value = scores.matmul(v).add(read.narrow(-1, 0, VALUE_WIDTH));
    Tensor divisor = torch.maximum(sum.abs(), most.neg().exp()).add(new Scalar(Sizes.EPSILON));
    return value.div(divisor.unsqueeze(-1));
  }

  /** The normaliser as one more column. */
  private static Tensor ones(Tensor values, Tensor normalizer) {
    var parts = new TensorVector();
    parts.push_back(values);
    parts.push_back(normalizer.unsqueeze(-1));
    return torch.cat(parts, -1);
  }

  /**
   * The state that enters each chunk: {@code C_n = sum over i < n of e^(G_n - G_(i+1) + m_(i+1) -
   * m_n) sums_i}, with G_n the decay of all chunks before n.
   */
  private Tensor carry(Tensor sums, Tensor total, Tensor before, Tensor after) {
    Tensor inclusive = total.cumsum(2);
    Tensor exclusive = inclusive.sub(total);
    Tensor to = exclusive.sub(before).unsqueeze(-1);
    Tensor from = inclusive.sub(after).unsqueeze(-2);
    Tensor decays = to.sub(from).add(constants.before()).exp(); // [B, H, N, N]
    Tensor flat = sums.view(batch, heads, chunks, KEY_WIDTH * (VALUE_WIDTH + 1));
    return decays.matmul(flat).view(batch, heads, chunks, KEY_WIDTH, VALUE_WIDTH + 1);
  }
}
