package dev.swax.benchmarks.libtorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The stabilisers of the states between chunks. */
final class StateMaxima {
  private StateMaxima() {}

  /**
   * m_0 = 0, {@code m_(n+1) = max(g_n + m_n, max_j a_nj)}, by a running maximum of what is left
   * when all decay is taken out: [B, H, N + 1].
   *
   * @param total g, [B, H, N]
   * @param write a, [B, H, N, L]
   */
  static Tensor of(Tensor total, Tensor write) {
    Tensor decay = total.cumsum(2);
    Tensor zero = torch.zeros_like(total.narrow(2, 0, 1));
    Tensor own = write.amax(new long[] {-1}, false).sub(decay);
    Tensor running = torch.cummax(join(zero, own), 2).get0();
    return running.add(join(zero, decay));
  }

  private static Tensor join(Tensor first, Tensor rest) {
    var parts = new TensorVector();
    parts.push_back(first);
    parts.push_back(rest);
    return torch.cat(parts, 2);
  }
}
