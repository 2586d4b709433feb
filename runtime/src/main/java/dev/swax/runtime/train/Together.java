package dev.swax.runtime.train;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.rank.Ranks;

/**
 * Processes of one training, which hold the same weights.
 *
 * @param ranks this process among them
 * @param shares what each of them updates
 * @param kernels of this process
 * @param parameters of this process, with the moments of its share
 */
public record Together(Ranks ranks, Shares shares, Kernels kernels, Parameters parameters) {
  public Together {
    if (shares.processes() != ranks.size()) {
      throw new IllegalArgumentException(
          "shares of %d processes for %d".formatted(shares.processes(), ranks.size()));
    }
  }
}
