package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import java.util.List;

/** What training does with parameters between two batches. */
final class ParameterUpdates {
  private final Kernels kernels;
  private final List<Parameter> parameters;

  ParameterUpdates(Kernels kernels, Parameters parameters) {
    this.kernels = kernels;
    this.parameters = parameters.all();
  }

  void clearGradients() {
    for (Parameter parameter : parameters) {
      parameter.gradient().clear();
    }
  }

  double sumOfGradientSquares() {
    double sum = 0;
    for (Parameter parameter : parameters) {
      sum += kernels.sumOfSquares(parameter.gradient());
    }
    return sum;
  }

  /** One step of each parameter by its rule, in their order. */
  void update(List<UpdateRule> rules, double rate, double gradientScale, long step) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      ParameterSpec spec = p.spec();
      switch (rules.get(i)) {
        case UpdateRule.ByAdamW rule ->
            kernels.adamw(
                p.value(),
                p.gradient(),
                p.first(),
                p.second(),
                rule.step(rate, gradientScale, step));
        case UpdateRule.ByMuon rule ->
            kernels.muon(
                p.value(),
                p.gradient(),
                p.first(),
                spec.matrices(),
                spec.rows() / spec.matrices(),
                spec.columns(),
                rule.step(rate, gradientScale));
      }
    }
  }
}
