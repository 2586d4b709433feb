package dev.swax.runtime.program;

import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.kernel.optimizer.MuonStep;

/** How one parameter follows its gradient. */
public sealed interface UpdateRule {

  /**
   * By AdamW.
   *
   * @param rate what the rate of the step is multiplied by
   */
  record ByAdamW(double rate, double beta1, double beta2, double epsilon, double decay)
      implements UpdateRule {
    public AdamWStep step(double stepRate, double gradientScale, long step) {
      return new AdamWStep(rate * stepRate, beta1, beta2, epsilon, decay, gradientScale, step);
    }
  }

  /**
   * By Muon.
   *
   * @param rate what the rate of the step is multiplied by
   * @param scale what an orthogonal update is multiplied by beside the rate
   */
  record ByMuon(
      double rate, double scale, double momentum, boolean nesterov, int iterations, double decay)
      implements UpdateRule {
    public MuonStep step(double stepRate, double gradientScale) {
      return new MuonStep(
          rate * stepRate, scale, momentum, nesterov, iterations, decay, gradientScale);
    }
  }

  /** Whether the squares of gradients are remembered too. */
  default boolean hasSecondMoment() {
    return this instanceof ByAdamW;
  }
}
