package dev.swax.tornado;

import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.UpdateRule;
import java.util.List;

/** The constants of AdamW. */
public record DeviceOptimizer(double beta1, double beta2, double epsilon, double decay) {

  /** The rule of each parameter. */
  List<UpdateRule> rules(List<Parameter> parameters) {
    return parameters.stream()
        .<UpdateRule>map(parameter ->
            new UpdateRule.ByAdamW(
                1, beta1, beta2, epsilon, parameter.spec().decayed() ? decay : 0))
        .toList();
  }
}
