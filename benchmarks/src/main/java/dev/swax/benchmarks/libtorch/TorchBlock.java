package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Sizes;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code x += mixer(norm(x)); x += down(silu(gate norm(x)) * up norm(x))}. */
final class TorchBlock {
  private final Tensor mixerNorm;
  private final TorchMixer mixer;
  private final Tensor norm;
  private final Tensor gateUp;
  private final Tensor down;
  private final int hidden;

  TorchBlock(String block, String mixerName, int hidden, TorchMixer mixer, TorchWeights weights) {
    this.hidden = hidden;
    this.mixer = mixer;
    mixerNorm = weights.take(block + mixerName + "_norm");
    norm = weights.take(block + "ffn_norm");
    gateUp = weights.take(block + "ffn.gate", block + "ffn.up");
    down = weights.take(block + "ffn.down");
  }

  /** x [B T, D]. */
  Tensor forward(Tensor x) {
    Tensor mixed =
        Scopes.keepOnly(() -> torch.addmm(x, mixer.mix(rmsNorm(x, mixerNorm)), mixer.output()));
    return Scopes.keepOnly(() -> feedForward(mixed));
  }

  private Tensor feedForward(Tensor x) {
    Tensor both = rmsNorm(x, norm).mm(gateUp);
    Tensor gate = both.narrow(1, 0, hidden);
    Tensor up = both.narrow(1, hidden, hidden);
    return torch.addmm(x, torch.silu(gate).mul(up), down);
  }

  /** {@code x / sqrt(mean x² + epsilon) * gamma}. */
  static Tensor rmsNorm(Tensor x, Tensor gamma) {
    return torch.rms_norm(
        x,
        new long[] {gamma.size(0)},
        new TensorOptional(gamma),
        new DoubleOptional(Sizes.EPSILON));
  }
}
